import { expect, it } from 'vitest';
import { loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import {
  correct,
  readOverCredits,
  readRefusedDebits,
  readTrialBalance,
  refundJourney,
  settleDay,
  verifyBooks,
} from '../../../src/gateway/settlement/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { entriesOf, gate, intakeOver, member, PAN, tariff, token } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAY = '2015-10-03';
const clock = () => new Date('2015-10-06T12:00:00+08:00');
const card = cardInPocket();
const entry = await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${DAY}T08:25:00+08:00`));
const exit = await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${DAY}T08:45:00+08:00`));
const bus = await card.tapAt('bus-validator', { at: `${DAY}T10:00:00+08:00` });
/** The same transaction of the card under another number: it is refused, and the operator has the money. */
const again = { ...bus, sequence: 77 };

eachEngine('what stands on no account', (engine) => {
  async function booked() {
    const database = await engine.open();
    const intake = intakeOver(database, { cards: { [PAN]: member } });
    await intake.acceptBatch([entry, exit, bus]);
    const refused = await intake.accept(again);
    const options = { database, clock, dayOf: () => '2015-10-06', by: 'test' };
    const query = { limit: 10 };
    return { database, intake, refused, options, query };
  }

  it('is what a card paid at a refused tap, until it is given back or corrected', async () => {
    const { database, refused, options, query } = await booked();
    const { kysely } = database;
    const [item, ...others] = await readRefusedDebits(kysely, query);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ tapId: refused.id, operator: 'ningbo-bus', sequence: 77, serviceDay: DAY });
    expect(item).toMatchObject({ cardToken: token, debitedFen: 200, openFen: 200 });
    expect(await readRefusedDebits(kysely, { ...query, operator: 'ningbo-metro' })).toEqual([]);
    expect(await readRefusedDebits(kysely, { ...query, serviceDay: '2015-10-04' })).toEqual([]);
    const giveBack = (id: string, amountFen?: number) =>
      refundJourney(options, { id, journeyId: refused.id, reason: 'paid twice', amountFen });
    expect(await giveBack('r1', 201)).toMatchObject({ code: 'refund-too-large' });
    expect(await giveBack('r1', 150)).toMatchObject({
      transaction: {
        journeyId: refused.id,
        entries: [
          { account: 'purse', party: 'ningbo-bus', operator: 'ningbo-bus', amountFen: 150 },
          { account: 'card', party: token, operator: 'ningbo-bus', amountFen: -150 },
        ],
      },
    });
    expect(await readTrialBalance(kysely)).toMatchObject({ openItems: { overCreditedFen: 0, refusedDebitsFen: 50 } });
    const entries = [
      { account: 'purse' as const, party: 'ningbo-bus', amountFen: 50 },
      { account: 'fees' as const, amountFen: -50 },
    ];
    const take = (journeyId: string) => correct(options, { id: 'c1', journeyId, reason: 'kept as a fee', entries });
    expect(await take('tap_0')).toMatchObject({ code: 'journey-unknown' });
    expect(await take(refused.id)).toMatchObject({ result: 'created' });
    expect(await readRefusedDebits(kysely, query)).toEqual([]);
    expect(await giveBack('r2')).toMatchObject({ code: 'refund-too-large' });
    expect(await readOverCredits(kysely, query)).toEqual([]);
  });

  it('is what a journey was given back beyond its price, until a correction takes it back', async () => {
    const { database, intake, options, query } = await booked();
    const { kysely } = database;
    const [line] = (await entriesOf(intake)).filter(({ operator }) => operator === 'ningbo-bus');
    const { journey_id: journeyId } = line!;
    await intake.closeServiceDay(DAY);
    await settleDay({ database, clock, serviceDay: DAY, by: 'test' });
    await refundJourney(options, { id: 'r1', journeyId, reason: 'never came' });
    expect(await readOverCredits(kysely, query)).toEqual([]);
    const cheaper = { ...tariff, id: 'cheaper', bus: { ...tariff.bus, fareFen: 50 } };
    await intakeOver(database, {
      cards: { [PAN]: member },
      tariff: loadTariff(cheaper),
      campaigns: loadCampaigns([]),
    }).reprice({ fromServiceDay: DAY, toServiceDay: DAY });
    const over = { journeyId, cardToken: token, operator: 'ningbo-bus', bookedFen: 50, returnedFen: 200 };
    expect(await readOverCredits(kysely, query)).toEqual([{ ...over, cardOverFen: 70, sponsorOverFen: 80 }]);
    expect(await readOverCredits(kysely, { ...query, after: journeyId })).toEqual([]);
    expect(await readOverCredits(kysely, { ...query, operator: 'ningbo-metro' })).toEqual([]);
    expect((await readTrialBalance(kysely)).openItems).toEqual({ overCreditedFen: 150, refusedDebitsFen: 200 });
    const entries = [
      { account: 'operator' as const, party: 'ningbo-bus', amountFen: -150 },
      { account: 'card' as const, party: token, amountFen: 30 },
      { account: 'write-off' as const, amountFen: 40 },
      { account: 'sponsor' as const, party: 'ningbo-union', amountFen: 80 },
    ];
    await correct(options, { id: 'c1', journeyId, reason: 'too much was given back', operator: 'ningbo-bus', entries });
    expect(await readOverCredits(kysely, query)).toEqual([]);
    expect(await verifyBooks(kysely)).toEqual([]);
  });
});

it('is told to an operator of its own', async () => {
  const { call, operatorKey } = await openGateway();
  for (const tap of [bus, again]) await call('POST', '/v1/taps', { body: tap });
  const ask = async (what: string, operator: string) =>
    (await call('GET', `/v1/ledger/${what}?limit=1`, { key: await operatorKey(operator) })).body;
  expect(await ask('refused-debits', 'ningbo-bus')).toMatchObject({ refusedDebits: [{ sequence: 77, openFen: 200 }] });
  expect(await ask('refused-debits', 'ningbo-metro')).toEqual({ refusedDebits: [] });
  expect(await ask('over-credits', 'ningbo-bus')).toEqual({ overCredits: [] });
});
