import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  combineTariffs,
  type FareCard,
  loadCampaigns,
  loadTariff,
  type PricedCard,
} from '../../../src/gateway/fares/index.js';
import { at, type MadeTap, member, ningbo, numbered, price, stranger } from './price-taps.js';

/** Two service days and the night between them, in seconds from 2015-10-01 20:00: taps are close enough to touch. */
const firstSecond = Date.parse(at('2015-10-01 20:00'));
const seconds = fc.oneof(fc.nat({ max: 3600 }), fc.nat({ max: 86_400 }), fc.constantFrom(0, 300, 3600, 7200, 25_200));

const place = fc.record(
  {
    station: fc.constantFrom('鼓楼', '西门口', '高桥西', 'Atlantis'),
    line: fc.constantFrom('10', '11'),
    region: fc.constantFrom('urban', 'ninghai'),
    zone: fc.constantFrom('1', '2', '9'),
    merchant: fc.constantFrom('sanjiang', 'wanda', 'yingdu'),
    fareFen: fc.constantFrom(0, 1, 200, 333),
    distanceM: fc.nat({ max: 30_000 }),
  },
  { requiredKeys: ['station', 'zone'] },
);
const serviceAndEvent = fc.constantFrom(
  ...([
    'metro entry',
    'metro exit',
    'metro entry',
    'metro exit',
    'metro single',
    'bus single',
    'bus single',
    'taxi single',
  ] as const),
  ...(['bicycle start', 'bicycle end', 'parking start', 'parking end', 'retail single', 'cinema single'] as const),
);
const tap: fc.Arbitrary<MadeTap> = fc
  .record({ serviceAndEvent, place, seconds, amountFen: fc.constantFrom(0, 50, 3500, 12_345) })
  .map(({ serviceAndEvent: what, seconds: after, ...rest }) => {
    const [service, event] = what.split(' ') as [MadeTap['service'], MadeTap['event']];
    return { ...rest, service, event, at: new Date(firstSecond + after * 1000).toISOString() };
  });

const card: fc.Arbitrary<FareCard> = fc.constantFrom(
  stranger,
  member,
  {
    ...member,
    states: [
      { state: 'lost', from: at('2015-10-01 20:30') },
      { state: 'active', from: at('2015-10-01 22:00') },
    ],
  },
  { ...member, generation: 'pboc2' },
);

/** A day is over or not: none, the first or both. */
const isClosed = fc
  .constantFrom('2015-01-01', '2015-10-01', '2016-01-01')
  .map((last) => (serviceDay: string) => serviceDay <= last);

const capped = loadTariff({
  ...ningbo,
  to: '2015-10-01',
  caps: [
    { service: 'metro', per: 'day', atMostFen: 900, sponsor: 'metro' },
    { service: 'bus', per: 'month', atMostFen: 450, sponsor: 'bus' },
  ],
});
/** The second day has a version of its own, with other fares and a free way back out. */
const next = loadTariff({
  ...capped,
  id: 'next',
  from: '2015-10-02',
  to: undefined,
  bus: { ...ningbo.bus, fareFen: 250 },
  metro: { ...ningbo.metro, sameStation: { freeMinutes: 15 } },
});
const tariff = combineTariffs([next, capped]);
const everySecondRide = {
  id: 'every-second-ride',
  name: 'a third off',
  service: 'bus',
  from: '2015-10-01',
  to: '2015-10-02',
  benefit: { kind: 'rate', basisPoints: 6667 },
  quota: { times: 1, per: 'day' },
  sponsor: 'somebody else',
};
const evenings = {
  ...everySecondRide,
  id: 'evenings',
  name: 'evenings',
  times: [{ from: '21:00', to: '02:00' }],
  stacking: { rule: 'stackable', order: -1 },
  quota: { times: 2, per: 'week' },
};
const campaigns = loadCampaigns(['ningbo-2015', { id: 'more', campaigns: [everySecondRide, evenings] }]);

const day = fc.record({ taps: fc.array(tap, { maxLength: 30 }), card, isClosed });
type Day = typeof day extends fc.Arbitrary<infer Value> ? Value : never;

const priceDay = ({ taps, ...circumstances }: Day): PricedCard => price(taps, { tariff, campaigns, ...circumstances });

test('taps in any order give the same journeys and refusals', () => {
  const dayAndOrder = day.chain((value) => {
    const taps = numbered(value.taps);
    const anyOrder = fc.shuffledSubarray(taps, { minLength: taps.length, maxLength: taps.length });
    return anyOrder.map((shuffled) => ({ ...value, taps, shuffled }));
  });
  fc.assert(
    fc.property(dayAndOrder, ({ shuffled, ...value }) => {
      expect(priceDay({ ...value, taps: shuffled })).toEqual(priceDay(value));
    }),
    { numRuns: 500 },
  );
});

test('ids that say how taps came change nothing either, taps of one instant included', () => {
  const hours = fc.nat({ max: 12 }).map((hour) => new Date(firstSecond + hour * 3_600_000).toISOString());
  // Of two taps that differ in their amount alone the one with the lower id counts.
  const atFullHours = fc
    .record({ tap, at: hours })
    .map(({ tap: each, at: full }) => ({ ...each, at: full, amountFen: 0 }));
  const inTwoOrders = fc
    .array(atFullHours, { maxLength: 20 })
    .chain((taps) => fc.tuple(fc.constant(taps), fc.shuffledSubarray(taps, { minLength: taps.length })));
  /** What came out, each tap named by what it says. */
  const said = (taps: readonly MadeTap[]) => {
    const { journeys, refused } = price(taps, { tariff, campaigns, card: member });
    const sayOf = new Map(numbered(taps).map(({ id, ...tap }) => [id, JSON.stringify(tap)]));
    return {
      journeys: journeys.map(({ id, tapIds, ...journey }) => [tapIds.map((tapId) => sayOf.get(tapId)), journey]),
      refused: refused.map(({ tapId, reason }) => [sayOf.get(tapId), reason]),
    };
  };
  fc.assert(
    fc.property(inTwoOrders, ([taps, shuffled]) => {
      expect(said(shuffled)).toEqual(said(taps));
    }),
    { numRuns: 500 },
  );
});

test('an instant costs the same with whatever offset it is written', () => {
  const written = (instant: string) =>
    new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
  const withoutTimes = ({ journeys, refused }: PricedCard) => ({
    refused,
    journeys: journeys.map(({ startedAt, endedAt, steps, ...journey }) => journey),
  });
  fc.assert(
    fc.property(day, (value) => {
      const taps = value.taps.map((each) => ({ ...each, at: written(each.at) }));
      expect(withoutTimes(priceDay({ ...value, taps }))).toEqual(withoutTimes(priceDay(value)));
    }),
  );
});

test('a tap is in one journey or refused, never both and never twice', () => {
  fc.assert(
    fc.property(day, (value) => {
      const { journeys, refused } = priceDay(value);
      const found = [...journeys.flatMap(({ tapIds }) => tapIds), ...refused.map(({ tapId }) => tapId)];
      expect(found.sort()).toEqual(numbered(value.taps).map(({ id }) => id));
    }),
  );
});

describe('of every journey', () => {
  const everyJourney = (holds: (journey: PricedCard['journeys'][number], value: Day) => void) =>
    fc.assert(
      fc.property(day, (value) => {
        for (const journey of priceDay(value).journeys) holds(journey, value);
      }),
      { numRuns: 300 },
    );

  test('net is fare less discount, whole and not below nothing', () => {
    everyJourney(({ fareFen, discountFen, netFen }) => {
      expect(netFen).toBe(fareFen - discountFen);
      for (const amount of [fareFen, discountFen, netFen]) {
        expect(Number.isSafeInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(0);
      }
    });
  });

  test('sponsors pay the discount, each once and something', () => {
    everyJourney(({ discountFen, funding }) => {
      expect(funding.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(discountFen);
      for (const { amountFen } of funding) expect(amountFen).toBeGreaterThan(0);
      expect(new Set(funding.map(({ sponsor }) => sponsor)).size).toBe(funding.length);
    });
  });

  test('the steps lead to what has to be paid, and each is said in both languages without a blank', () => {
    everyJourney(({ netFen, steps }) => {
      expect(steps.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)).toBe(netFen);
      for (const { text, textZh } of steps) {
        for (const words of [text, textZh]) expect(words).not.toMatch(/^$|[{}]|undefined|NaN|\s{2}/);
        expect(textZh).toMatch(/\p{Script=Han}/u);
      }
    });
  });

  test('the rules are those of its steps, each once', () => {
    everyJourney(({ rules, steps }) => {
      const ofSteps = steps.map(({ rule }) => rule).filter((rule) => rule !== 'fare' && rule !== 'rounding');
      expect(rules).toEqual([...new Set(ofSteps)]);
    });
  });

  test('it is open only while its end may come, and open costs nothing', () => {
    everyJourney(({ service, serviceDay, status, steps, netFen }, value) => {
      if (service === 'metro' && value.isClosed(serviceDay)) expect(status).not.toBe('open');
      if (status === 'open') expect([steps, netFen]).toEqual([[], 0]);
    });
  });
});

test('journeys come in order of their start, and none costs more than its cap leaves', () => {
  fc.assert(
    fc.property(day, (value) => {
      const { journeys } = priceDay(value);
      const starts = journeys.map(({ startedAt }) => Date.parse(startedAt));
      expect(starts).toEqual([...starts].sort((one, other) => one - other));
      const paid = (service: string, serviceDay?: string) =>
        journeys
          .filter((journey) => journey.service === service && (serviceDay ?? journey.serviceDay) === journey.serviceDay)
          .reduce((sum, { netFen }) => sum + netFen, 0);
      for (const serviceDay of ['2015-10-01', '2015-10-02']) expect(paid('metro', serviceDay)).toBeLessThanOrEqual(900);
      expect(paid('bus')).toBeLessThanOrEqual(450);
    }),
    { numRuns: 300 },
  );
});
