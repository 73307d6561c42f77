import { bench, describe } from 'vitest';
import { loadCampaigns, loadTariffs, priceCard } from '../../../src/gateway/fares/index.js';
import { numbered } from '../../gateway/fares/price-taps.js';
import { commute, commuter } from '../../gateway/fares/year-of-taps.js';

const tariff = loadTariffs('ningbo');
const campaigns = loadCampaigns(['ningbo-2015', 'ningbo-2016']);

/** Four journeys each: a bus and a metro ride to work and back. */
const CARDS = 250;
const days = Array.from({ length: CARDS }, () => numbered(commute(6)));
const lines = days.map((taps) => JSON.stringify(taps));

/** A round is a thousand journeys: 200 rounds a second are 200,000 journeys. */
describe('a thousand journeys of 250 cards', () => {
  bench('have their taps parsed', () => {
    for (const line of lines) JSON.parse(line);
  });
  bench('are priced', () => {
    for (const taps of days) priceCard({ tariff, campaigns, card: commuter, taps, isClosed: () => true });
  });
});
