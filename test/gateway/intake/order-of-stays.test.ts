import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceCard } from '../../../src/gateway/fares/index.js';
import { placesOf } from '../../../src/gateway/intake/book-cards.js';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import { eachEngine } from '../storage/each-engine.js';
import { booksOf, campaigns, intakeOver, member, tariff } from './intake-fixture.js';
import { acceptProved, provedTap } from './proved-tap.js';

/** Stays over nights and over days, and a benefit once in a campaign that whoever comes first has. */
const DAYS: readonly (readonly [what: string, at: string, amountFen?: number])[] = [
  ['parking start 1', '2015-10-01T20:00:00+08:00'],
  ['parking end 1', '2015-10-02T09:00:00+08:00'],
  ['parking start 2', '2015-10-02T10:00:00+08:00'],
  ['parking start 1', '2015-10-04T08:00:00+08:00'],
  ['parking end 1', '2015-10-04T08:50:00+08:00'],
  ['parking end 1', '2015-10-05T08:50:00+08:00'],
  ['bicycle start 1', '2015-10-01T23:30:00+08:00'],
  ['bicycle end 1', '2015-10-04T02:00:00+08:00'],
  ['taxi start 1', '2015-10-02T02:50:00+08:00'],
  ['taxi single 1', '2015-10-03T12:00:00+08:00'],
  ['taxi end 1', '2015-10-05T03:10:00+08:00'],
  ['retail single 1', '2015-10-01T12:00:00+08:00', 9000],
  ['retail single 1', '2015-10-02T12:00:00+08:00', 10_000],
  ['retail single 1', '2015-10-03T12:00:00+08:00', 15_000],
  ['retail single 1', '2015-10-05T12:00:00+08:00', 20_000],
];

/** Each of a chip of its own: which tap came before another says nothing here. */
const taps = DAYS.map(([what, at, amountFen = 0], index): ExaminedTap => {
  const [service, event, zone] = what.split(' ') as ['parking', 'start', string];
  const says = { at, service, event, place: { zone, merchant: 'sanjiang' }, amountFen };
  return provedTap({ sequence: index + 1, chip: `chip ${index}`, says });
});

eachEngine('stays over days and a benefit once in a campaign', (engine) => {
  it('cost the same in whatever order and lots their taps come', async () => {
    const whole = priceCard({
      tariff,
      campaigns,
      card: member,
      taps: taps.map(({ id, record }) => ({ ...record, id })),
      isClosed: () => false,
    });
    const { journeyOf, refusalOf } = placesOf(whole);
    const expected = whole.journeys.map(({ id, status, fareFen, netFen }) => ({ id, status, fareFen, netFen }));
    expect(expected.map(({ status }) => status)).toContain('open');
    const orders = fc.tuple(
      fc.shuffledSubarray(taps, { minLength: taps.length }),
      fc.integer({ min: 1, max: taps.length }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([order, lot]) => {
        const intake = intakeOver(await engine.open());
        for (let start = 0; start < order.length; start += lot) {
          await acceptProved(intake.database, order.slice(start, start + lot), undefined, member);
        }
        const books = await booksOf(intake);
        const { taps: kept, journeys, sums } = books;
        const found = journeys.map(({ id, status, fareFen, netFen }) => ({ id, status, fareFen, netFen }));
        const byId = (one: { readonly id: string }, other: { readonly id: string }) => (one.id < other.id ? -1 : 1);
        expect(found.sort(byId)).toEqual([...expected].sort(byId));
        for (const { id, journey_id, refusal } of kept) {
          expect([journey_id, refusal]).toEqual([journeyOf.get(id) ?? null, refusalOf.get(id) ?? null]);
        }
        expect(sums.reduce((total, [, sum]) => total + sum, 0)).toBe(0);
      }),
      { numRuns: engine.kind === 'libsql' ? 12 : 4 },
    );
  });
});
