import type { CompiledQuery } from 'kysely';
import pg from 'pg';
import { afterEach, expect, it, vi } from 'vitest';
import type { DatabaseLocation, GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { LibsqlConnection } from '../../../src/gateway/storage/libsql/connection.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { intakeOver, member, metroRide, PAN } from './intake-fixture.js';

/** One row for each day that was ever closed: read as a whole, and a few thousand in ten years. */
const SHORT_TABLES = new Set(['service_days']);

const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51').tapAt('bus-validator', { at: '2015-10-03T10:00:00+08:00' });

afterEach(() => void vi.restoreAllMocks());

type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** All statements that run from now on, each text once. */
function statementsOf(kind: GatewayDatabase['kind']): Map<string, Statement> {
  const statements = new Map<string, Statement>();
  const keep = (sql: unknown, parameters: readonly unknown[] = []) => {
    if (typeof sql === 'string' && /^\s*(select|with|insert|update|delete)/i.test(sql)) {
      statements.set(sql, { sql, parameters });
    }
  };
  if (kind === 'libsql') {
    const execute = LibsqlConnection.prototype.executeQuery;
    vi.spyOn(LibsqlConnection.prototype, 'executeQuery').mockImplementation(function (this: LibsqlConnection, query) {
      keep(query.sql, query.parameters);
      return execute.call(this, query) as never;
    });
    return statements;
  }
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...given: unknown[]) {
    keep(given[0], given[1] as unknown[]);
    return query.apply(this, given) as never;
  });
  return statements;
}

/** What the plan of a statement reads from one end to the other. */
async function scannedBy(database: GatewayDatabase, location: DatabaseLocation, statement: Statement) {
  const { sql, parameters } = statement;
  if ('databaseUrl' in location) {
    const client = new pg.Client(location.databaseUrl);
    await client.connect();
    try {
      // Whatever still reads a table as a whole has no index to read it by.
      await client.query('set enable_seqscan = off');
      const { rows } = await client.query(`explain ${sql}`, [...parameters]);
      return rows.flatMap((row) => / Seq Scan on (\w+?)(?:_\d+)?\b/.exec(row['QUERY PLAN'])?.[1] ?? []);
    } finally {
      await client.end();
    }
  }
  const explain = { sql: `explain query plan ${sql}`, parameters } as CompiledQuery<{ detail: string }>;
  const { rows } = await database.kysely.executeQuery<{ detail: string }>(explain);
  return rows.flatMap(({ detail }) => /^SCAN (?!\d)(\w+)/.exec(detail)?.[1] ?? []);
}

eachEngine('on the way of a tap', (engine) => {
  it('no statement reads a table that grows from one end to the other', async () => {
    const location = await engine.newLocation();
    const database = await engine.open(location);
    const intake = intakeOver(database, { cards: { [PAN]: member } });
    await intake.accept(entry);
    const statements = statementsOf(engine.kind);
    await intake.acceptBatch([exit, bus, entry, { ...exit, amountFen: 1 }]);
    const taken = [...statements.values()];
    vi.restoreAllMocks();
    expect(taken.length).toBeGreaterThan(10);
    const tables = new Set((await database.kysely.introspection.getTables()).map(({ name }) => name));
    for (const statement of taken) {
      const scanned = await scannedBy(database, location, statement);
      const long = scanned.filter((name) => tables.has(name) && !SHORT_TABLES.has(name));
      expect(long, statement.sql).toEqual([]);
      // An alias hides a table from this test.
      for (const name of scanned) expect([...tables, 'json_each', 'asked', 'near', 'CONSTANT']).toContain(name);
    }
  });
});
