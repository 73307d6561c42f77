import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FleetPlan } from '../../../src/cli/fleet/plan/fleet-plan.js';
import { planDay } from '../../../src/cli/fleet/plan/plan-day.js';
import { spreadTrips } from '../../../src/cli/fleet/plan/spread-trips.js';
import { TAPS_PER_RIDER_MAX, tapsOfRiders } from '../../../src/cli/fleet/plan/taps-of-rider.js';
import { SeededRandom } from '../../../src/cli/fleet/seeded-random.js';
import { defaultShares } from '../../../src/cli/fleet/shares.js';

const plan: FleetPlan = { cards: 500, taps: 3000, seed: 'plan', day: '2015-10-03', shares: defaultShares };
/** A day on which nearly everything goes wrong. */
const bad: FleetPlan = { ...plan, shares: { ...defaultShares, missing: 0.5, torn: 0.5, lost: 0.5 } };

const midnight = Date.parse('2015-10-03T00:00:00+08:00') / 1000;

describe('taps of the riders', () => {
  it('are the plan’s together, and nobody’s are more than a day has room for', () => {
    const cards = fc.integer({ min: 1, max: 300 });
    const sizes = cards.chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n * TAPS_PER_RIDER_MAX })));
    fc.assert(
      fc.property(sizes, fc.string(), ([n, taps], seed) => {
        const counts = [...tapsOfRiders({ ...plan, cards: n, taps, seed })];
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(taps);
        expect(Math.max(...counts)).toBeLessThanOrEqual(TAPS_PER_RIDER_MAX);
      }),
      { numRuns: 200 },
    );
  });

  it('differ from rider to rider', () => {
    expect(new Set(tapsOfRiders(plan)).size).toBeGreaterThan(4);
  });
});

describe('trips of a day', () => {
  const length = fc
    .tuple(fc.integer({ min: 5, max: 45 }), fc.integer({ min: 0, max: 200 }))
    .map(([least, more]) => ({ least, wanted: least + more }));

  it('come one after the other, between the first train and the end of the service day', () => {
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 20 }), fc.string(), (lengths, seed) => {
        const trips = spreadTrips(lengths, new SeededRandom(seed));
        let free = 5.5 * 60;
        for (const { begins, minutes } of trips) {
          expect(begins).toBeGreaterThan(free - 1e-6);
          free = begins + minutes + 3.99;
        }
        expect(free).toBeLessThan(26 * 60 + 4);
      }),
    );
  });

  it('keep the times of peak', () => {
    const firsts = Array.from({ length: 200 }, (_, number) => planDay(plan, number, 4).taps[0]!.at - midnight);
    const inPeak = firsts.filter((second) => second > 6.5 * 3600 && second < 9 * 3600);
    expect(inPeak.length).toBeGreaterThan(150);
  });
});

describe.each([
  ['an ordinary day', plan],
  ['a bad day', bad],
])('on %s', (_, day) => {
  const days = Array.from({ length: 400 }, (_, number) => planDay(day, number, 1 + (number % TAPS_PER_RIDER_MAX)));

  it('each rider makes as many taps as planned, in their order and apart', () => {
    for (const [number, { taps }] of days.entries()) {
      expect(taps).toHaveLength(1 + (number % TAPS_PER_RIDER_MAX));
      for (const [index, { at }] of taps.entries()) {
        if (index > 0) expect(at - taps[index - 1]!.at).toBeGreaterThan(120);
        expect(at).toBeLessThan(midnight + 27 * 3600);
      }
    }
  });

  it('no gate takes a card for one that was handed back', () => {
    for (const { taps } of days) {
      const recorded = taps.filter(
        ({ profile, tornAt, isRetried }) => profile === 'metro-gate' && (!tornAt || isRetried),
      );
      for (const [index, tap] of recorded.entries()) {
        const before = recorded[index - 1];
        expect(before?.event === tap.event && before.place.station === tap.place.station).toBe(false);
      }
    }
  });

  it('nobody spends more than the purse holds, but for those whose purse is empty', () => {
    for (const { rider, taps } of days) {
      const spent = taps.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0);
      if (rider.balanceFen > 0) expect(spent).toBeLessThanOrEqual(rider.balanceFen);
    }
  });

  it('a card is reported lost between two taps', () => {
    const lost = days.filter(({ lostFrom }) => lostFrom !== undefined);
    expect(lost.length).toBeGreaterThan(0);
    for (const { lostFrom, taps } of lost) {
      expect(taps.filter(({ at }) => at < lostFrom!).length).toBeGreaterThan(0);
      expect(Math.min(...taps.map(({ at }) => Math.abs(at - lostFrom!)))).toBe(60);
    }
  });
});
