import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alikeColumns } from '../../../src/gateway/intake/alike-columns.js';
import { insertAlike } from '../../../src/gateway/intake/insert-alike.js';
import type { ChargesTable, EntriesTable, GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';

const byText = (rows: readonly object[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)))).sort();

/** Texts and nothing that look like one another. */
const text = fc.constantFrom('', 'null', 'undefined', '0', 'ningbo-bus', '[]', "'; --", '?1', '$1', '公交');

const charge = fc.record({
  revision: fc.integer({ min: 1, max: 3 }),
  operator: text,
  service: text,
  service_day: fc.constantFrom('2015-10-01', '2015-10-02'),
  booked_at_ms: fc.constantFrom(0, 1_443_830_400_000),
  kind: fc.constantFrom('charge', 'correction'),
  steps: text,
  tariff: fc.option(text),
  debited_fen: fc.constantFrom(-120, 0, 120),
});

const lines = fc.uniqueArray(fc.record({ account: fc.constantFrom('fare', 'card', 'sponsor'), sponsor: text }), {
  minLength: 1,
  maxLength: 5,
  selector: ({ account, sponsor }) => `${account} ${sponsor}`,
});

/** Many bookings of a few kinds, and some of kinds of their own. */
const bookings = fc
  .array(fc.record({ charge, lines }), { minLength: 1, maxLength: 12 })
  .chain((kinds) => fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer()), { maxLength: 700, size: 'max' }))
  .map((each) =>
    each.map(([kind, amount], at) => {
      const [card_token, journey_id] = [`card ${at % 7}`, `journey ${at}`];
      const { revision, operator, service_day } = kind.charge;
      const row: ChargesTable = { card_token, journey_id, ...kind.charge };
      const entries = kind.lines.map(({ account, sponsor }, line): EntriesTable => {
        const shared = { card_token, journey_id, revision, operator, service_day };
        return { ...shared, account, sponsor, amount_fen: amount + line };
      });
      return { row, entries };
    }),
  );

const rowsOf = ({ kysely }: GatewayDatabase, table: 'charges' | 'entries') =>
  kysely.selectFrom(table).selectAll().execute();

eachEngine('rows that have much in common', (engine) => {
  it('are inserted as they are, whatever they have in common', async () => {
    const database = await engine.open();
    const undo = new Error('undone');
    await fc.assert(
      fc.asyncProperty(bookings, async (booked) => {
        await database
          .inTransaction(async (transaction) => {
            const charges = booked.map(({ row }) => row);
            const entries = booked.map((each) => each.entries);
            await insertAlike(
              transaction,
              'charges',
              charges.map((row) => [row]),
            );
            await insertAlike(transaction, 'entries', entries);
            const within = { ...database, kysely: transaction };
            expect(byText(await rowsOf(within, 'charges'))).toEqual(byText(charges));
            expect(byText(await rowsOf(within, 'entries'))).toEqual(byText(entries.flat()));
            throw undo;
          })
          .catch((error: unknown) => {
            if (error !== undo) throw error;
          });
      }),
      { numRuns: 10 },
    );
    expect(await rowsOf(database, 'entries')).toEqual([]);
  });

  it('have columns of their tables', async () => {
    const { kysely } = await engine.open();
    const tables = new Map((await kysely.introspection.getTables()).map(({ name, columns }) => [name, columns]));
    for (const [table, { alike, ofUnit }] of Object.entries(alikeColumns)) {
      const names = tables.get(table)!.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining([...alike, ...ofUnit]));
    }
  });
});
