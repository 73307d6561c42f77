import { expect, it } from 'vitest';
import type { ChargeQuery, ChargeView, Intake } from '../../../src/gateway/intake/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { intakeOver, member, metroRide, PAN, token } from './intake-fixture.js';

const DAY = '2015-10-03';
const [entry, exit] = await metroRide();
const bus = await cardInPocket('service-card-51', { pan: '6228000100000000124' }).tapAt('bus-validator');
const cards = { [PAN]: member };

/** All charges, read page by page. */
async function chargesOf(intake: Intake, query: Omit<ChargeQuery, 'limit' | 'after'> = {}, limit = 1000) {
  const charges: ChargeView[] = [];
  let after: string | undefined;
  do {
    const page = await intake.charges({ ...query, limit, after });
    expect(page.charges.length).toBeLessThanOrEqual(limit);
    charges.push(...page.charges);
    after = page.next;
  } while (after !== undefined);
  return charges;
}

eachEngine('charges', (engine) => {
  it('tell what was booked first and what corrected it, line by line', async () => {
    const intake = intakeOver(await engine.open(), { cards });
    await intake.accept(entry);
    await intake.closeServiceDay(DAY);
    await intake.accept(exit);
    const charges = await chargesOf(intake, { cardToken: token });
    expect(charges).toMatchObject([
      { revision: 1, kind: 'charge', operator: 'ningbo-metro', service: 'metro', serviceDay: DAY },
      { revision: 2, kind: 'correction', operator: 'ningbo-metro', service: 'metro', serviceDay: '2015-10-04' },
    ]);
    const [journey] = (await intake.journeys({ limit: 1 })).journeys;
    const sumOf = (account: string) =>
      charges
        .flatMap(({ entries }) => entries)
        .filter((line) => line.account === account)
        .reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(charges.every(({ journeyId }) => journeyId === journey?.id)).toBe(true);
    expect(charges[1]?.steps).toEqual(journey?.steps);
    expect({ fare: -sumOf('fare'), card: sumOf('card'), sponsor: sumOf('sponsor') }).toEqual({
      fare: journey?.fareFen,
      card: journey?.netFen,
      sponsor: journey?.discountFen,
    });
    for (const { entries } of charges) expect(entries.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(0);
  });

  it('are found by card, journey, operator and service day, in pages of any size', async () => {
    const intake = intakeOver(await engine.open(), { cards });
    await intake.acceptBatch([entry, bus]);
    await intake.closeServiceDay(DAY);
    await intake.accept(exit);
    const all = await chargesOf(intake);
    expect(all).toHaveLength(3);
    for (const limit of [1, 2, 3]) expect(await chargesOf(intake, {}, limit)).toEqual(all);
    const ofBus = all.filter(({ operator }) => operator === 'ningbo-bus');
    expect(ofBus).toHaveLength(1);
    expect(await chargesOf(intake, { operator: 'ningbo-bus' })).toEqual(ofBus);
    expect(await chargesOf(intake, { journeyId: ofBus[0]!.journeyId })).toEqual(ofBus);
    expect(await chargesOf(intake, { cardToken: token })).toEqual(all.filter((charge) => !ofBus.includes(charge)));
    expect(await chargesOf(intake, { serviceDay: '2015-10-04' })).toEqual([all[2]]);
    expect(await chargesOf(intake, { from: '2015-10-06T12:00:00+08:00' })).toEqual(all);
    expect(await chargesOf(intake, { to: '2015-10-06T12:00:00+08:00' })).toEqual([]);
    await expect(intake.charges({ limit: 1, after: 'x' })).rejects.toMatchObject({ code: 'cursor-invalid' });
  });
});
