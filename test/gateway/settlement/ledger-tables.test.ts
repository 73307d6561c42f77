import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { readCardAccount } from '../../../src/gateway/settlement/index.js';
import { holdCard, postTransaction } from '../../../src/gateway/settlement/ledger/post-transaction.js';
import { entriesOf, intakeOver, member, metroRide, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const CARD = 'c'.repeat(64);
const posting = {
  id: 'p1',
  kind: 'payment' as const,
  service_day: DAY,
  at: new Date('2015-10-06T12:00:00+08:00'),
  by: 'test',
  reason: 'paid at the counter',
  card_token: CARD,
  journey_id: null,
  content_hash: '',
  lines: [
    { account: 'bank' as const, party: '', operator: '', amountFen: -500 },
    { account: 'card' as const, party: CARD, operator: '', amountFen: 500 },
  ],
};

eachEngine('the ledger', (engine) => {
  it('takes what sums to zero, once, and lets nobody change it', async () => {
    const database = await engine.open();
    const { kysely } = database;
    await database.inTransaction((transaction) => postTransaction(transaction, posting));
    await expect(database.inTransaction((transaction) => postTransaction(transaction, posting))).rejects.toMatchObject({
      code: 'transaction-taken',
    });
    expect(await readCardAccount(kysely, CARD)).toEqual({ cardToken: CARD, dueFen: 500 });
    expect(await database.inTransaction((transaction) => holdCard(transaction, CARD))).toBe(500);
    for (const change of [
      sql`update ledger_entries set amount_fen = 0`,
      sql`delete from ledger_entries`,
      sql`update ledger_transactions set reason = ''`,
      sql`delete from ledger_transactions`,
    ]) {
      await expect(change.execute(kysely)).rejects.toThrow(/append only/);
    }
    const line = { transaction_id: 'p1', line: 3, account: 'bank' as const, party: '', operator: '', service_day: DAY };
    await expect(
      kysely
        .insertInto('ledger_entries')
        .values({ ...line, amount_fen: 0 })
        .execute(),
    ).rejects.toThrow(/no further entry/);
    await kysely
      .insertInto('ledger_entries')
      .values({ ...line, transaction_id: 'p2', amount_fen: 1 })
      .execute();
    const { at, lines, ...row } = posting;
    await expect(
      kysely
        .insertInto('ledger_transactions')
        .values({ ...row, id: 'p2', at_ms: 0 })
        .execute(),
    ).rejects.toThrow(/sum to zero/);
  });

  it('guards what was booked on journeys, and each booking tells what the card paid', async () => {
    const intake = intakeOver(await engine.open(), { cards: { [PAN]: member } });
    const [entry, exit] = await metroRide();
    await intake.acceptBatch([await cardInPocket().tapAt('bus-validator'), entry, exit]);
    await intake.closeServiceDay(DAY);
    const { kysely } = intake.database;
    const debits = await kysely.selectFrom('charges').select(['operator', 'debited_fen']).orderBy('operator').execute();
    expect(debits).toEqual([
      { operator: 'ningbo-bus', debited_fen: 200 },
      { operator: 'ningbo-metro', debited_fen: 0 },
    ]);
    const before = await entriesOf(intake);
    for (const table of ['entries', 'charges', 'service_days'] as const) {
      await expect(kysely.deleteFrom(table).execute()).rejects.toThrow(/append only/);
    }
    await expect(kysely.updateTable('entries').set({ amount_fen: 0 }).execute()).rejects.toThrow(/append only/);
    expect(await entriesOf(intake)).toEqual(before);
  });

  it('streams rows aside from those that book, and stops when nobody reads on', async () => {
    const database = await engine.open();
    const numbers = sql<{ n: number }>`(with recursive numbers(n) as
      (select 1 union all select n + 1 from numbers where n < 2500) select n from numbers)`;
    const sums = await database.aside(async (kysely) => {
      let sum = 0;
      for await (const { n } of kysely.selectFrom(numbers.as('numbers')).selectAll().stream(500)) sum += n;
      for await (const { n } of kysely.selectFrom(numbers.as('numbers')).selectAll().stream(500)) if (n > 3) break;
      return sum;
    });
    expect(sums).toBe((2500 * 2501) / 2);
  });
});
