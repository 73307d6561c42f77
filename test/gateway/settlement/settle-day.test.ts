import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { changeState, csvText, resubmit, settleDay, verifyBooks } from '../../../src/gateway/settlement/index.js';
import { readSettlementsOfDay } from '../../../src/gateway/settlement/settle/read-settlements.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { entriesOf, gate, intakeOver, member, PAN } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { scannedBy, statementsOf } from '../storage/statement-plans.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const clock = () => new Date('2015-10-06T12:00:00+08:00');
const card = cardInPocket();
const entry = await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${DAY}T08:25:00+08:00`));
const exit = await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${DAY}T08:45:00+08:00`));
const bus = await card.tapAt('bus-validator', { at: `${DAY}T10:00:00+08:00` });

/** One row for each day that was ever closed or settled, and one for each party and day. Webhooks are few. */
const SHORT_TABLES = ['service_days', 'settled_days', 'card_postings', 'settlements', 'settlement_events', 'webhooks'];

eachEngine('a day that is settled', (engine) => {
  async function closedDay(location = engine.newLocation()) {
    const database = await engine.open(await location);
    const intake = intakeOver(database, { cards: { [PAN]: member } });
    await intake.acceptBatch([entry, exit, bus]);
    await intake.closeServiceDay(DAY);
    return { database, intake };
  }
  const settle = (database: GatewayDatabase) => settleDay({ database, clock, serviceDay: DAY, by: 'test' });
  const accounts = ({ kysely }: GatewayDatabase) => kysely.selectFrom('card_accounts').selectAll().execute();

  it('is settled once by two gateways at the same time, and a rejection is handed in again once', async () => {
    const location = await engine.newLocation();
    const { database } = await closedDay(Promise.resolve(location));
    const other = await engine.open(location);
    const done = await Promise.all([settle(database), settle(other), settle(database), settle(other)]);
    expect(done.filter(({ result }) => result === 'created')).toHaveLength(1);
    const made = await readSettlementsOfDay(database.kysely, DAY);
    expect(made.map(({ party, number }) => [party, number])).toEqual([
      ['ningbo-bus', 1],
      ['ningbo-metro', 1],
      ['ningbo-union', 1],
    ]);
    for (const each of done) expect(each).toMatchObject({ settlements: made });
    expect((await accounts(database)).map(({ due_fen }) => due_fen)).toEqual([160]);
    const { id } = made[1]!;
    await changeState({ database, clock, id, by: 'test', state: 'rejected', reason: 'one too many' });
    const again = await Promise.all(
      [database, other, database].map((each) => resubmit({ database: each, clock, id, by: 'test' })),
    );
    expect(again.map((each) => ('code' in each ? each.code : each.number)).sort()).toEqual([
      2,
      'settlement-state-wrong',
      'settlement-state-wrong',
    ]);
    expect(await verifyBooks(database.kysely)).toEqual([]);
  });

  it('posts what its cards owe once, also after a stop between its settlements and the cards', async () => {
    const { database } = await closedDay();
    const stop = new AbortController();
    const request = { database, clock, serviceDay: DAY, by: 'test', signal: stop.signal };
    const transact = database.inTransaction.bind(database);
    const stopping = {
      ...database,
      inTransaction: async (work: Parameters<typeof transact>[0]) => {
        const result = await transact(work);
        stop.abort();
        return result;
      },
    };
    await expect(settleDay({ ...request, database: stopping as GatewayDatabase })).rejects.toThrow('aborted');
    expect(await readSettlementsOfDay(database.kysely, DAY)).toHaveLength(3);
    expect([await accounts(database), await verifyBooks(database.kysely)]).toEqual([[], []]);
    expect(await settle(database)).toMatchObject({ result: 'exists' });
    await settle(database);
    expect((await accounts(database)).map(({ due_fen }) => due_fen)).toEqual([160]);
    expect(await verifyBooks(database.kysely)).toEqual([]);
  });

  it('reads what belongs to it by index', async () => {
    const location = await engine.newLocation();
    const { database } = await closedDay(Promise.resolve(location));
    const statements = statementsOf(engine.kind);
    await settle(database);
    vi.restoreAllMocks();
    const tables = new Set((await database.kysely.introspection.getTables()).map(({ name }) => name));
    expect(statements.size).toBeGreaterThan(10);
    for (const statement of statements.values()) {
      const scanned = await scannedBy(database, location, statement);
      const long = scanned.filter((name) => tables.has(name) && !SHORT_TABLES.includes(name));
      expect(long, statement.sql).toEqual([]);
    }
  });

  it('is held against its books as they are at one moment, while it is settled and taps come', async () => {
    const { database, intake } = await closedDay();
    const later = await card.tapAt('bus-validator', { at: '2015-10-04T10:00:00+08:00' });
    const settledDays = async (kysely: GatewayDatabase['kysely']) =>
      (await kysely.selectFrom('settled_days').selectAll().execute()).length;
    const seen = await database.atOneMoment(async (kysely) => {
      const before = await settledDays(kysely);
      await settle(database);
      await intake.accept({ ...later, sequence: 4 });
      return [before, await verifyBooks(kysely), await settledDays(kysely), await settledDays(database.kysely)];
    });
    expect(seen).toEqual([0, [], 0, 1]);
    expect(await database.atOneMoment(verifyBooks)).toEqual([]);
  });

  it('is held against its books: each kind of damage is told with its place', async () => {
    const { database, intake } = await closedDay();
    await settle(database);
    const { kysely } = database;
    await unguard(database, ['entries_refuse_update', 'settlements_refuse_update']);
    const kinds = async () => (await verifyBooks(kysely)).map(({ kind }) => kind);
    const [metro] = (await entriesOf(intake)).filter(({ operator }) => operator === 'ningbo-metro');
    const { journey_id } = metro!;
    const move = (fen: number, account: 'fare' | 'card') =>
      kysely
        .updateTable('entries')
        .set({ amount_fen: sql<number>`amount_fen + ${fen}` })
        .where('journey_id', '=', journey_id)
        .where('account', '=', account)
        .execute();
    await move(10, 'card');
    expect(new Set(await kinds())).toEqual(
      new Set(['charge-unbalanced', 'day-disagrees', 'card-disagrees', 'file-changed']),
    );
    await move(-10, 'fare');
    expect(new Set(await kinds())).toEqual(new Set(['day-disagrees', 'card-disagrees', 'file-changed']));
    await move(10, 'fare');
    await move(-10, 'card');
    expect(await kinds()).toEqual([]);
    await kysely.updateTable('card_accounts').set({ due_fen: 0 }).execute();
    expect(await kinds()).toEqual(['card-disagrees']);
    await kysely.updateTable('card_accounts').set({ due_fen: 160 }).execute();
    await kysely.updateTable('settlements').set({ previous_csv_hash: 'x' }).where('party', '=', 'ningbo-bus').execute();
    expect((await kinds()).sort()).toEqual(['chain-broken', 'file-changed']);
  });
});

/** As somebody does who has the database in his hands. */
async function unguard({ kysely, kind }: GatewayDatabase, triggers: readonly string[]): Promise<void> {
  for (const trigger of triggers) {
    const on = kind === 'libsql' ? sql`` : sql` on ${sql.table(trigger.replace(/_refuse_.*/, ''))}`;
    await sql`drop trigger ${sql.ref(trigger)}${on}`.execute(kysely);
  }
}

it('writes no text that a spreadsheet works out', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '|x', '%x']) {
    expect(csvText(text).replace(/^"/, '')[0]).toBe("'");
  }
  expect(csvText('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(csvText('gate 7, again')).toBe('"gate 7, again"');
  expect(csvText('宁波')).toBe('宁波');
});
