import { type FullFare, fareOf } from './fare-of.js';
import { metroNetwork } from './metro-network.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import { minutesBetween } from './service-day.js';
import type { MetroTariff } from './tariff-schema.js';

/** By the shortest way; the highest single fare where only one tap is known, or where the stay was too long. */
export function metroFare({ start, end }: Ride, tariff: MetroTariff): FullFare {
  const network = metroNetwork(tariff);
  const known = end?.place.station ?? start?.place.station ?? '';
  if (!start || !end) return fareOf(network.highestFare(known), [priceStep('incomplete-journey', { station: known })]);
  const minutes = minutesBetween(start.at, end.at);
  if (minutes > tariff.stayMinutes) {
    const values = { minutes: Math.ceil(minutes), limit: tariff.stayMinutes, station: known };
    return fareOf(network.highestFare(known), [priceStep('overstay', values)]);
  }
  const from = start.place.station ?? '';
  const distanceM = network.distance(from, known);
  if (distanceM === undefined) throw new RangeError(`no way from ${from} to ${known}`);
  const { fareFen, product, productZh } = network.fare(distanceM);
  const km = (distanceM / 1000).toFixed(2);
  return fareOf({
    fareFen,
    product: `${product} (${from} → ${known}, ${km} km)`,
    productZh: `${productZh}（${from} → ${known}，${km}公里）`,
  });
}
