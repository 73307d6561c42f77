import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadCampaigns, serviceDayOf } from '../../../src/gateway/fares/index.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import {
  type MembershipOptions,
  readFareCards,
  recordCard,
  recordCertification,
  recordMember,
  recordMembership,
  recordState,
  recordWithdrawal,
  repriceDue,
} from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { booksOf, gate, PAN, tariff, token, tokenKey } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';
import { personalDataKey } from './import-fixture.js';

const campaigns = loadCampaigns(['ningbo-2015', 'ningbo-2016']);
const clock = () => new Date('2016-06-01T12:00:00+08:00');
const member = 'NB-0001';
const at = (day: string, time: string) => `${day}T${time}:00+08:00`;

const card = cardInPocket('service-card-51', { pan: PAN });
const urban = { place: { line: '10', region: 'urban' } };
const taps = [
  await card.tapAt('bus-validator', { at: at('2015-08-30', '09:00'), ...urban }),
  await card.tapAt('metro-gate', gate('鼓楼', 'entry', at('2015-10-03', '08:00'))),
  await card.tapAt('metro-gate', gate('世纪大道', 'exit', at('2015-10-03', '08:20'))),
  await card.tapAt('bus-validator', { at: at('2016-02-01', '09:00'), ...urban }),
  await card.tapAt('bus-validator', { at: at('2016-03-01', '09:00'), ...urban }),
  await card.tapAt('bus-validator', { at: at('2016-04-15', '09:00'), ...urban }),
].map((tap, index) => ({ ...tap, sequence: index + 1 }));

type Fact = (options: MembershipOptions) => Promise<unknown>;

/** In any order, as long as those of one list stay in theirs. */
const facts: readonly (readonly Fact[])[] = [
  [
    (options) => recordCertification(options, { member, year: 2016, at: at('2016-02-10', '09:00'), by: 'self' }),
    (options) => recordWithdrawal(options, { member, year: 2016, at: at('2016-04-01', '00:00') }),
  ],
  [(options) => recordMembership(options, { member, change: 'joined', from: at('2015-08-01', '00:00') })],
  [(options) => recordState(options, { token, state: 'lost', from: at('2015-10-03', '08:10') })],
  [(options) => recordState(options, { token, state: 'active', from: at('2015-10-20', '08:00') })],
  [(options) => recordCard(options, { pan: PAN, generation: 'pboc3', generationFrom: at('2015-09-01', '09:00') })],
];

eachEngine('facts that are recorded late', (engine) => {
  const numRuns = engine.kind === 'libsql' ? 8 : 2;

  function open(database: GatewayDatabase) {
    const intake = createIntake({ database, caKeys, tokenKey, tariff, campaigns, clock, readFareCards });
    const random = (length: number) => new Uint8Array(length).fill(9);
    const options = { database, tokenKey, personalDataKey, clock, random };
    const dayOf = (instant: string) => serviceDayOf(tariff, instant);
    const reprice = () => repriceDue({ database, clock, dayOf, reprice: intake.reprice });
    const books = () => booksOf({ ...intake, database, acceptBatch: async () => [] });
    return { intake, options, reprice, books };
  }

  const register: Fact = (options) =>
    recordMember(options, { member, name: '王芳', cards: [{ pan: PAN, generation: 'pboc3' }] });

  it('give the same journeys and prices in the end as those that are known before the taps', async () => {
    const early = open(await engine.open());
    for (const fact of [register, ...facts.flat()]) await fact(early.options);
    for (const tap of taps) await early.intake.accept(tap);
    await early.intake.closeServiceDay('2015-10-03');
    const expected = await early.books();
    const rules = expected.journeys.flatMap((journey) => journey.rules);
    expect(rules).toEqual(expect.arrayContaining(['not-certified', 'member-rate', 'certification-withdrawn']));
    expect(expected.taps.map(({ refusal }) => refusal)).toEqual(
      expect.arrayContaining(['card-generation', 'card-lost', null]),
    );
    expect(await early.reprice()).toBe(1);
    expect(await early.books()).toEqual(expected);

    const orders = fc.record({
      lists: fc.shuffledSubarray([...facts], { minLength: facts.length }),
      registerAt: fc.integer({ min: 0, max: taps.length }),
      gaps: fc.array(fc.nat(taps.length), { minLength: facts.length, maxLength: facts.length }),
      closeBehind: fc.integer({ min: 3, max: taps.length }),
      repriceOften: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(orders, async ({ lists, registerAt, gaps, closeBehind, repriceOften }) => {
        const { intake, options, reprice, books } = open(await engine.open());
        for (let count = 0; count <= taps.length; count++) {
          if (count === registerAt) await register(options);
          for (const [index, list] of lists.entries()) {
            if (Math.max(registerAt, gaps[index]!) !== count) continue;
            for (const fact of list) await fact(options);
            if (repriceOften) await reprice();
          }
          if (count === closeBehind) await intake.closeServiceDay('2015-10-03');
          if (count < taps.length) await intake.accept(taps[count]!);
        }
        await reprice();
        expect(await books()).toEqual(expected);
        expect(await reprice()).toBe(0);
      }),
      { numRuns },
    );
  });
});
