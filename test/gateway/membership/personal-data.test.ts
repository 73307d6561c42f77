import { expect, it } from 'vitest';
import { impersonalTables, keptTables } from '../../../src/gateway/membership/privacy/index.js';
import { ownerOf } from '../../../src/gateway/membership/privacy/rows-of-member.js';
import { eachEngine } from '../storage/each-engine.js';

/** What a column is called that tells of a person, or seals something of one. */
const PERSONAL = /^(member|name|.*mobile.*|.*address.*|.*identity.*|.*sealed.*|private_data|account)$/;

/** Tables whose columns are called so, and tell of nobody all the same. */
const OTHERWISE_NAMED = new Set([
  'api_keys.name',
  'audit_head.name',
  'gateway_keys.name',
  'unit_hierarchy.name',
  'unit_events.name',
  'units.name',
  'member_list_persons.identity_token',
  'member_list_persons.mobile_token',
  'jobs.name',
  'schema_migrations.name',
  'webhooks.name',
  'entries.account',
  'price_steps.name',
  'ledger_entries.account',
]);

eachEngine('who keeps personal data', (engine) => {
  it('is told for every table and every column that says so', async () => {
    const { kysely } = await engine.open();
    const tables = (await kysely.introspection.getTables()).filter(({ name }) => !/_\d+$|^sqlite_|^libsql_/.test(name));
    const names = new Set(tables.map(({ name }) => name));
    const kept = new Map(keptTables.map((each) => [each.table, each]));
    const told = [...kept.keys(), ...Object.keys(impersonalTables)];
    // A table of one's own: src/gateway/membership/privacy/personal-data.json, or impersonal-tables.json beside it.
    expect([...names].filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !names.has(name))).toEqual([]);
    expect(Object.keys(impersonalTables).filter((name) => kept.has(name))).toEqual([]);

    const suspicious = tables
      .filter(({ name }) => !kept.has(name))
      .flatMap(({ name, columns }) => columns.map((column) => ({ place: `${name}.${column.name}`, name: column.name })))
      .filter(({ name, place }) => PERSONAL.test(name) && !OTHERWISE_NAMED.has(place));
    expect(suspicious.map(({ place }) => place)).toEqual([]);
  });

  it('names columns that there are, and says why what stays is kept', async () => {
    const { kysely } = await engine.open();
    const columns = new Map(
      (await kysely.introspection.getTables()).map(({ name, columns }) => [name, columns.map(({ name }) => name)]),
    );
    for (const { table, of, json = [], sealed = {}, hidden = [], cleared = {}, onErasure, why } of keptTables) {
      const own = [of[0]!, ...json, ...Object.keys(sealed), ...Object.values(sealed).flat(), ...hidden];
      for (const column of [...own, ...Object.keys(cleared)]) expect(columns.get(table), table).toContain(column);
      for (const [place, name] of of.entries()) {
        if (place % 2 === 0) continue;
        const { table: owner, key } = ownerOf(name);
        expect(columns.get(owner)).toEqual(expect.arrayContaining([key, of[place + 1]]));
      }
      if (onErasure === 'kept') expect(why, table).toMatch(/\w/);
      expect(onErasure === 'cleared', table).toBe(Object.keys(cleared).length > 0);
    }
    expect(new Set(keptTables.map(({ section }) => section)).size).toBe(keptTables.length);
  });
});
