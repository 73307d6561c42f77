import { expect, it } from 'vitest';
import { tapIdentity } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { entriesOf, intakeOver, lostCard, member, metroRide, PAN, receiptIn, token } from './intake-fixture.js';

const [entry, exit] = await metroRide();
const busRide = await cardInPocket().tapAt('bus-validator');

eachEngine('the intake', (engine) => {
  it('prices a ride on the metro with the discount of a member, and books who pays it', async () => {
    const intake = intakeOver(await engine.open(), { cards: { [PAN]: member } });
    const first = await intake.accept(entry);
    expect(first).toMatchObject({
      result: 'created',
      id: expect.stringMatching(/^tap_[0-9a-f]{32}$/),
    });
    expect(receiptIn(first)).toMatchObject({
      cardMask: '622800*********0017',
      journey: { status: 'open', netFen: 0, dueFen: 0 },
    });
    expect(await entriesOf(intake)).toEqual([]);
    const second = await intake.accept(exit);
    const { journey } = receiptIn(second);
    expect(journey).toMatchObject({
      id: first.id,
      status: 'complete',
      fareFen: 300,
      discountFen: 60,
      netFen: 240,
      debitedFen: 0,
      dueFen: 240,
    });
    const line = { journey_id: first.id, revision: 1, operator: 'ningbo-metro', service_day: '2015-10-03' };
    const sponsor = journey!.funding[0]!.sponsor;
    expect(await entriesOf(intake)).toEqual([
      { ...line, account: 'card', sponsor: '', amount_fen: 240 },
      { ...line, account: 'fare', sponsor: '', amount_fen: -300 },
      { ...line, account: 'sponsor', sponsor, amount_fen: 60 },
    ]);
    expect(await intake.readTap(second.id)).toMatchObject({
      cardToken: token,
      applicationTransactionCounter: 2,
      journeyId: first.id,
      result: 'created',
      receipt: receiptIn(second),
      conflicts: 0,
    });
  });

  it('gives back on the bus what the card paid too much', async () => {
    const intake = intakeOver(await engine.open(), { cards: { [PAN]: member } });
    const { journey } = receiptIn(await intake.accept(busRide));
    expect(journey).toMatchObject({ fareFen: 200, netFen: 120, debitedFen: 200, dueFen: -80 });
  });

  it('gives the same answer to the same record, any number of times and from any process', async () => {
    const location = await engine.newLocation();
    const intakes = [intakeOver(await engine.open(location)), intakeOver(await engine.open(location))];
    const first = await intakes[0]!.accept(entry);
    await intakes[0]!.accept(exit);
    for (const intake of intakes) {
      expect(await intake.accept(structuredClone(entry))).toEqual({ ...first, result: 'exists' });
    }
    expect(await intakes[1]!.acceptBatch([entry, entry])).toEqual([
      { ...first, result: 'exists' },
      { ...first, result: 'exists' },
    ]);
  });

  it('keeps both contents of one identity and prices the first', async () => {
    const intake = intakeOver(await engine.open());
    const { id } = await intake.accept(entry);
    const other = { ...structuredClone(entry), place: { line: '1', station: '泽民' } };
    const conflict = { result: 'conflict', id, code: 'content-conflict' };
    for (let time = 0; time < 2; time++) expect(await intake.accept(other)).toMatchObject(conflict);
    expect(await intake.acceptBatch([other, entry])).toMatchObject([conflict, { result: 'exists', id }]);
    expect(await intake.inspectTap(id)).toEqual({ record: entry, conflicting: [other] });
    expect(await intake.readTap(id)).toMatchObject({ conflicts: 1, place: entry.place });
    const { exceptions } = await intake.exceptions({ limit: 10, kind: 'conflict' });
    expect(exceptions).toMatchObject([{ kind: 'conflict', tapId: id, code: 'content-conflict', sequence: 1 }]);
  });

  it('finds a conflict within one batch', async () => {
    const intake = intakeOver(await engine.open());
    const other = { ...structuredClone(entry), place: { line: '1', station: '泽民' } };
    const answers = await intake.acceptBatch([entry, other, entry]);
    expect(answers.map(({ result }) => result)).toEqual(['created', 'conflict', 'exists']);
  });

  it('sets aside the same transaction under another identity', async () => {
    const intake = intakeOver(await engine.open());
    await intake.accept(entry);
    const replay = { ...structuredClone(entry), terminal: 'gate-99' };
    const refused = { result: 'refused', code: 'transaction-repeated' };
    expect(await intake.accept(replay)).toMatchObject(refused);
    expect(await intake.accept(replay)).toMatchObject(refused);
    const clone = await cardInPocket('service-card-51', { pan: PAN }).tapAt('bus-validator');
    expect(await intake.accept(clone)).toMatchObject(refused);
    const { exceptions } = await intake.exceptions({ limit: 10, kind: 'refused' });
    expect(exceptions.map(({ code, terminal }) => [code, terminal]).sort()).toEqual([
      ['transaction-repeated', 'bus-validator-1'],
      ['transaction-repeated', 'gate-99'],
    ]);
    expect((await intake.journeys({ limit: 10 })).journeys).toHaveLength(1);
  });

  it('takes the new chip of a replaced card, which counts from one again', async () => {
    const intake = intakeOver(await engine.open());
    await intake.accept(entry);
    const replaced = await cardInPocket('service-card-51', { pan: PAN, seed: 'replaced' }).tapAt('bus-validator');
    expect(await intake.accept(replaced)).toMatchObject({ result: 'created' });
  });

  it('keeps what it does not believe, and a forgery takes no transaction from the card', async () => {
    const intake = intakeOver(await engine.open());
    const forged = { ...structuredClone(busRide), amountFen: 100, terminal: 'forger' };
    const answer = await intake.accept(forged);
    expect(answer).toMatchObject({ result: 'refused', code: 'amount-mismatch', detail: expect.any(String) });
    expect(await intake.accept(forged)).toEqual(answer);
    expect(await intake.readTap(answer.id)).toMatchObject({ result: 'refused', refusal: 'amount-mismatch' });
    expect(await intake.accept(busRide)).toMatchObject({ result: 'created' });
  });

  it('keeps a tap whose card cannot be read', async () => {
    const intake = intakeOver(await engine.open());
    const empty = { ...entry, evidence: { applicationIdentifier: '', data: {}, records: [] } };
    const { id, ...answer } = await intake.accept(empty);
    expect(answer).toMatchObject({ result: 'refused', code: 'file-locator-invalid' });
    expect(await intake.readTap(id)).toMatchObject({ cardToken: '', cardMask: '' });
    expect(await intake.inspectTap(id)).toEqual({ record: empty, conflicting: [] });
  });

  it('refuses a lost card and says why', async () => {
    const intake = intakeOver(await engine.open(), { cards: { [PAN]: lostCard } });
    expect(await intake.accept(entry)).toMatchObject({ result: 'refused', code: 'card-lost' });
    expect((await intake.journeys({ limit: 10 })).journeys).toEqual([]);
  });

  it('answers a batch as it would answer each alone', async () => {
    const cards = { [PAN]: member };
    const rides = await Promise.all(
      ['6228000100000000124', '6228000100000000132'].map((pan) => metroRide('2015-10-03', pan)),
    );
    const forged = { ...structuredClone(busRide), amountFen: 100, sequence: 77 };
    const records = [entry, ...rides.flat(), forged, exit].map((record, index) => ({ ...record, sequence: index + 1 }));
    const together = intakeOver(await engine.open(), { cards });
    const alone = intakeOver(await engine.open(), { cards });
    const answers = await together.acceptBatch(records);
    expect(answers.map(({ result }) => result)).toEqual([
      'created',
      'created',
      'created',
      'created',
      'created',
      'refused',
      'created',
    ]);
    for (const record of records) await alone.accept(record);
    expect(await entriesOf(together)).toEqual(await entriesOf(alone));
    expect((await together.journeys({ limit: 10 })).journeys).toEqual((await alone.journeys({ limit: 10 })).journeys);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(records.length);
    expect(tapIdentity(records[0]!)).toBe('ningbo-metro/metro-gate-1/1');
  });

  it('lets nobody wait for ever for another’s failure', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    const answers = [entry, exit, busRide].map((record) => intake.accept(record));
    expect((await Promise.all(answers)).map(({ result }) => result)).toEqual(['created', 'created', 'refused']);
    await database.close();
    const late = await Promise.allSettled([intake.accept(entry), intake.accept(exit), intake.accept(busRide)]);
    expect(late.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('gives pages of journeys without gaps or doubles', async () => {
    const intake = intakeOver(await engine.open());
    for (const pan of ['6228000100000000124', '6228000100000000132', PAN]) {
      await intake.acceptBatch((await metroRide('2015-10-03', pan)).map((record) => ({ ...record, terminal: pan })));
    }
    const ids: string[] = [];
    for (let after: string | undefined, page = 0; page < 3; page++) {
      const { journeys, next }: { journeys: readonly { id: string }[]; next?: string } = await intake.journeys({
        limit: 1,
        after,
      });
      ids.push(...journeys.map(({ id }) => id));
      after = next;
      expect(next === undefined).toBe(page === 2);
    }
    expect(new Set(ids).size).toBe(3);
    const of = async (query: object) => (await intake.journeys({ limit: 10, ...query })).journeys.length;
    expect(await of({ cardToken: token })).toBe(1);
    expect(await of({ operator: 'ningbo-metro' })).toBe(3);
    expect(await of({ operator: 'ningbo-bus' })).toBe(0);
    expect(await of({ from: '2015-10-03T08:25:00+08:00', to: '2015-10-03T08:25:01+08:00' })).toBe(3);
    expect(await of({ to: '2015-10-03T08:25:00+08:00' })).toBe(0);
    await expect(intake.journeys({ limit: 1, after: "' or 1=1" })).rejects.toMatchObject({ code: 'cursor-invalid' });
  });
});
