import { expect, test } from 'vitest';
import { type FareTap, loadCampaigns, priceCard } from '../../../src/gateway/fares/index.js';
import { ningbo, numbered } from './price-taps.js';
import { commute, commuter } from './year-of-taps.js';

const campaigns = loadCampaigns(['ningbo-2015', 'ningbo-2016']);

/** How often pricing looks at a field of a tap, for each tap. */
function looksAtEach(count: number): number {
  let looks = 0;
  const watched = numbered(commute(count)).map(
    (tap): FareTap =>
      new Proxy(tap, {
        get: (target, field) => {
          looks++;
          return Reflect.get(target, field);
        },
      }),
  );
  const { journeys } = priceCard({ tariff: ningbo, campaigns, card: commuter, taps: watched, isClosed: () => true });
  expect(journeys.length).toBeGreaterThan(count / 2);
  return looks / count;
}

test('pricing looks at each tap hardly more often in a year of taps than in a month of them', () => {
  const [month, year] = [looksAtEach(200), looksAtEach(2400)];
  // Of twelve times as many taps, a search through all of them for each would look twelve times as often.
  expect(year).toBeLessThan(2 * month);
});
