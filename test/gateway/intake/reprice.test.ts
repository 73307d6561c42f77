import { expect, it } from 'vitest';
import { loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import type { RepriceReport } from '../../../src/gateway/intake/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { booksOf, campaigns, entriesOf, gate, intakeOver, member, PAN, tariff, token } from './intake-fixture.js';

const OTHER = '6228000100000000124';
const DAY = '2015-10-03';
const day = { fromServiceDay: DAY, toServiceDay: DAY };
const cards = { [PAN]: member };
const at = (time: string, date = DAY) => `${date}T${time}:00+08:00`;

const one = cardInPocket('service-card-51', { pan: PAN });
const other = cardInPocket('service-card-51', { pan: OTHER });
const taps = [
  await one.tapAt('metro-gate', gate('鼓楼', 'entry', at('08:00'))),
  await one.tapAt('metro-gate', gate('世纪大道', 'exit', at('08:20'))),
  await one.tapAt('bus-validator', { at: at('08:30') }),
  await one.tapAt('bus-validator', { at: at('09:00') }),
  await one.tapAt('bus-validator', { at: at('09:00', '2015-10-05') }),
  await other.tapAt('metro-gate', gate('鼓楼', 'entry', at('07:30'))),
  await other.tapAt('metro-gate', gate('西门口', 'exit', at('07:40'))),
].map((tap, index) => ({ ...tap, sequence: index + 1 }));

const dearer = loadTariff({
  ...tariff,
  id: 'dearer',
  bus: { ...tariff.bus, fareFen: 300 },
  metro: { ...tariff.metro, bands: [{ uptoM: 20_000, fareFen: 700 }] },
});
const corrected = { tariff: dearer, campaigns: loadCampaigns([]) };

const sum = (entries: Awaited<ReturnType<typeof entriesOf>>, account: string) =>
  entries.filter((entry) => entry.account === account).reduce((fen, { amount_fen }) => fen + amount_fen, 0);

eachEngine('repricing', (engine) => {
  async function booked() {
    const database = await engine.open();
    const intake = intakeOver(database, { cards });
    await intake.acceptBatch(taps);
    await intake.closeServiceDay(DAY);
    return { intake, repriced: intakeOver(database, { cards, ...corrected }) };
  }

  it('under the same fares changes nothing', async () => {
    const { intake } = await booked();
    const [books, entries] = [await booksOf(intake), await entriesOf(intake)];
    expect(await intake.reprice(day)).toMatchObject({ cards: 2, changed: 0, fareFen: 0, sponsors: [], examples: [] });
    expect([await booksOf(intake), await entriesOf(intake)]).toEqual([books, entries]);
  });

  it('keeps both results and books the difference on the next open day, once', async () => {
    const { intake, repriced } = await booked();
    const before = await entriesOf(intake);
    const totals = await intake.totals(DAY);
    const foreseen = await repriced.reprice({ ...day, dryRun: true });
    expect(await entriesOf(intake)).toEqual(before);
    const report = await repriced.reprice(day);
    expect(report).toEqual(foreseen);
    const after = await entriesOf(intake);
    expect(after.slice().filter(({ revision }) => revision === 1)).toEqual(before);
    expect(-report.fareFen).toBe(sum(after, 'fare') - sum(before, 'fare'));
    expect(report.cardFen).toBe(sum(after, 'card') - sum(before, 'card'));
    expect(report).toMatchObject({ cards: 2, journeys: 4, changed: 4, fareFen: 2 * 100 + 400 + 500 });
    expect(report.examples[0]).toMatchObject({ before: { tariff: 'ningbo-2015' }, after: { tariff: 'dearer' } });
    expect(await intake.totals(DAY)).toEqual(totals);
    const { charges } = await intake.charges({ limit: 100, cardToken: token });
    expect(charges.map(({ revision, tariff: version }) => [revision, version])).toEqual(
      expect.arrayContaining([
        [1, 'ningbo-2015'],
        [2, 'dearer'],
      ]),
    );
    expect(await repriced.reprice(day)).toMatchObject({ changed: 0, fareFen: 0, cardFen: 0 });
    expect(await entriesOf(intake)).toEqual(after);
  });

  it('of years finds what it finds of their days, and of days in the wrong order nothing', async () => {
    const { repriced } = await booked();
    const of = (fromServiceDay: string, toServiceDay: string) =>
      repriced.reprice({ fromServiceDay, toServiceDay, dryRun: true });
    const few = await of(DAY, '2015-10-05');
    expect(few).toMatchObject({ cards: 2, journeys: 5, changed: 5 });
    expect(await of('2001-01-01', '2030-12-31')).toEqual(few);
    expect(await of('2015-10-05', DAY)).toMatchObject({ cards: 0, journeys: 0 });
  });

  it('there and back sums to zero', async () => {
    const { intake, repriced } = await booked();
    const before = await booksOf(intake);
    const there = await repriced.reprice(day);
    const back = await intake.reprice(day);
    const negative = (amountFen: number) => 0 - amountFen;
    expect(back).toMatchObject({ fareFen: negative(there.fareFen), cardFen: negative(there.cardFen) });
    expect(await booksOf(intake)).toEqual(before);
  });

  it('of one card leaves others alone, and stops and goes on where it is told', async () => {
    const { intake, repriced } = await booked();
    expect(await repriced.reprice({ ...day, cardTokens: [token], dryRun: true })).toMatchObject({ cards: 1 });
    const stopped: RepriceReport = await repriced.reprice({ ...day, signal: AbortSignal.abort() });
    expect(stopped.cards).toBe(0);
    const since = { ...stopped, next: token };
    const rest = await repriced.reprice({ ...day, since });
    expect(rest.cards).toBeLessThan(2);
    await repriced.reprice(day);
    expect((await repriced.reprice(day)).changed).toBe(0);
    await expect(intake.reprice({ fromServiceDay: DAY, toServiceDay: '2015-13-40' })).rejects.toMatchObject({
      code: 'service-day-invalid',
    });
    expect(campaigns.id).toBe('ningbo-2015');
  });
});
