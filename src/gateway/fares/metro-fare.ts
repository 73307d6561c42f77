import { type FullFare, fareOf } from './fare-of.js';
import type { PriceStep } from './fare-types.js';
import { metroNetwork } from './metro-network.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import type { MetroTariff } from './tariff-schema.js';
import { minutesFrom } from './timed-tap.js';

/** By the shortest way; the highest single fare where only one tap is known, or where the stay was too long. */
export function metroFare({ start, end, isByPlaceAndTime }: Ride, tariff: MetroTariff): FullFare {
  const network = metroNetwork(tariff);
  const known = (end ?? start)?.tap.place.station ?? '';
  if (!start || !end) {
    if (tariff.incomplete === 'lowest') {
      return fareOf(network.fare(0), [priceStep('incomplete-journey', {}, { textKey: 'incomplete-lowest' })]);
    }
    return fareOf(network.highestFare(known), [priceStep('incomplete-journey', { station: known })]);
  }
  const from = start.tap.place.station ?? '';
  const told = isByPlaceAndTime ? [priceStep('by-place-and-time', { from, to: known })] : [];
  const minutes = minutesFrom(start, end);
  if (minutes > tariff.stayMinutes) {
    const values = { minutes: Math.ceil(minutes), limit: tariff.stayMinutes, station: known };
    return fareOf(network.highestFare(known), [...told, priceStep('overstay', values)]);
  }
  if (tariff.sameStation && from === known && minutes < tariff.sameStation.freeMinutes) {
    const row = { fareFen: 0, product: `metro (${known})`, productZh: `地铁（${known}）` };
    return fareOf(row, [priceStep('same-station', { station: known, limit: tariff.sameStation.freeMinutes })]);
  }
  const fare = network.journey(from, known);
  if (!fare) throw new RangeError(`no way from ${from} to ${known}`);
  return withSteps(told, fare);
}

const withSteps = (before: readonly PriceStep[], fare: FullFare): FullFare =>
  before.length === 0 ? fare : { ...fare, steps: [...before, ...fare.steps] };
