import { sql } from 'kysely';
import { afterEach, expect, it, vi } from 'vitest';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { indexesOf, rowsGoneThrough, scannedBy, statementsOf } from '../storage/statement-plans.js';
import { member } from './intake-fixture.js';
import { acceptProved, provedTap } from './proved-tap.js';

const HOUR_MS = 3_600_000;
const NOW = '2016-03-06T12:00:00+08:00';

afterEach(() => void vi.restoreAllMocks());

/** Puts all that is kept of a tap once more into the books, so many times, an hour before the other each. */
async function repeatEarlier({ kysely }: GatewayDatabase, tapIds: readonly string[], times: number): Promise<void> {
  const ids = sql.join(tapIds.map((id) => sql.lit(id)));
  for (const [table, msColumn] of [
    ['taps', 'at_ms'],
    ['journeys', 'started_at_ms'],
  ] as const) {
    const columns = (await kysely.introspection.getTables())
      .find(({ name }) => name === table)!
      .columns.map(({ name }) => name);
    const values = columns.map((name) => {
      if (name === 'id') return sql`id || '-' || earlier.n`;
      if (name === msColumn) return sql`${sql.ref(name)} - cast(earlier.n as bigint) * ${sql.lit(HOUR_MS)}`;
      // Of nothing before the campaigns that are asked for.
      return name === 'service_day' ? sql`'2015-09-01'` : sql.ref(name);
    });
    await sql`with recursive earlier(n) as (select 1 union all select n + 1 from earlier where n < ${sql.lit(times)})
      insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
      select ${sql.join(values)} from earlier cross join ${sql.table(table)} where ${sql.ref(`${table}.id`)} in (${ids})`.execute(
      kysely,
    );
  }
}

const parked = (card: string, sequence: number, event: 'start' | 'end', at: string) =>
  provedTap({ sequence, card, terminal: card, says: { at, service: 'parking', event, place: { zone: '1' } } });
const bought = (card: string, sequence: number, at: string) =>
  provedTap({
    sequence,
    card,
    terminal: card,
    says: { at, service: 'retail', event: 'single', place: { merchant: 'sanjiang' }, amountFen: 4000 },
  });

const idsOf = (taps: readonly ExaminedTap[]): string[] => taps.map(({ id }) => id);

/** Reads of the taps that follow on a history: a stay over three nights, one that ends before it begins, a purchase. */
async function readsAfter(database: GatewayDatabase, card: string, earlier: number) {
  const first = [
    parked(card, 1, 'start', '2016-03-01T08:00:00+08:00'),
    parked(card, 2, 'end', '2016-03-01T08:40:00+08:00'),
  ];
  const purchase = bought(card, 3, '2016-03-01T09:00:00+08:00');
  await acceptProved(database, [...first, purchase], NOW, member);
  await repeatEarlier(database, idsOf(first), earlier);
  await repeatEarlier(database, idsOf([purchase]), Math.ceil(earlier / 10));
  const statements = statementsOf(database.kind);
  for (const tap of [
    parked(card, 4, 'start', '2016-03-02T08:00:00+08:00'),
    parked(card, 5, 'end', '2016-03-05T08:00:00+08:00'),
    parked(card, 7, 'end', '2016-03-05T20:00:00+08:00'),
    parked(card, 6, 'start', '2016-03-05T19:00:00+08:00'),
    bought(card, 8, '2016-03-05T21:00:00+08:00'),
  ]) {
    const [answer] = await acceptProved(database, [tap], NOW, member);
    expect(answer!.result).toBe('created');
  }
  vi.restoreAllMocks();
  return [...statements.values()].filter(({ sql }) => /^\s*(select|with)/i.test(sql));
}

eachEngine('a card that has been parked 10,000 times', (engine) => {
  it('is priced at its next taps with as few rows as one that was parked twice', async () => {
    const location = await engine.newLocation();
    const database = await engine.open(location);
    const few = await readsAfter(database, 'a new card', 2);
    const many = await readsAfter(database, 'an old card', 10_000);
    expect(many.map(({ sql }) => sql)).toEqual(few.map(({ sql }) => sql));
    if ('databaseUrl' in location) {
      await sql`analyze`.execute(database.kysely);
      const [ofNew, ofOld] = [
        await rowsGoneThrough(location.databaseUrl, few),
        await rowsGoneThrough(location.databaseUrl, many),
      ];
      expect(ofOld).toBeLessThanOrEqual(ofNew + 8);
    } else {
      for (const statement of many) expect(await scannedBy(database, location, statement)).not.toContain('taps');
      const tables = (indexes: readonly string[]) => indexes.filter((name) => /^(half|taps) /.test(name));
      const around = many.find(({ sql }) => sql.includes('half'))!;
      expect(tables(await indexesOf(database, around))).toEqual([
        'half taps_of_stays',
        'half taps_of_stays',
        'taps taps_of_stays',
      ]);
      const returned = async (statements: typeof many) => {
        const counts = [];
        for (const statement of statements) {
          counts.push((await database.kysely.executeQuery(statement as never)).rows.length);
        }
        return counts;
      };
      expect(await returned(many)).toEqual(await returned(few));
    }
  });
});
