import { bench, describe } from 'vitest';
import { loadCampaigns, priceCard } from '../../../src/gateway/fares/index.js';
import { ningbo, numbered } from '../../gateway/fares/price-taps.js';
import { commute, commuter } from '../../gateway/fares/year-of-taps.js';

const campaigns = loadCampaigns(['ningbo-2015', 'ningbo-2016']);
const price = (taps: ReturnType<typeof numbered>) =>
  priceCard({ tariff: ningbo, campaigns, card: commuter, taps, isClosed: () => true });

const thousand = numbered(commute(1000));
const fourThousand = numbered(commute(4000));
const lines = thousand.map((tap) => JSON.stringify(tap));

/** What nobody could do without: reading the taps and bringing them into order. Pricing takes some ten times that. */
describe('a thousand taps of a card', () => {
  bench('are parsed and sorted', () => {
    const taps: typeof thousand = lines.map((line) => JSON.parse(line));
    taps.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  });
  bench('are priced', () => {
    price(thousand);
  });
});

/** Time that grows with the square of the taps would make the one take four times as long as the other. */
describe('four thousand taps', () => {
  bench('are priced as those of one card', () => {
    price(fourThousand);
  });
  bench('are priced as those of four cards', () => {
    for (let card = 0; card < 4; card++) price(thousand);
  });
});
