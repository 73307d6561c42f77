import type { Service } from '../../tap/index.js';
import type { FareTap } from './fare-types.js';
import { begins, ends, type IsClosed, loneRide, type Ride } from './ride.js';
import { serviceDayOf } from './service-day.js';
import type { Tariff } from './tariff-schema.js';

/**
 * Single taps, and stays that may last over days: a bicycle, a parking place. A stay that has begun and nothing after it
 * is open for as long as it takes.
 */
export function pairStays(
  taps: readonly FareTap[],
  service: Service,
  tariff: Pick<Tariff, 'serviceDayBegins'>,
  isClosed: IsClosed,
): Ride[] {
  const rides: Ride[] = [];
  const dayOf = (tap: FareTap) => serviceDayOf(tariff, tap.at);
  let start: FareTap | undefined;
  for (const tap of taps) {
    if (begins(tap)) {
      if (start) rides.push(loneRide({ service, serviceDay: dayOf(start), start }, isClosed));
      start = tap;
    } else if (!ends(tap)) {
      rides.push({ service, serviceDay: dayOf(tap), start: tap, status: 'complete' });
    } else if (start) {
      rides.push({ service, serviceDay: dayOf(start), start, end: tap, status: 'complete' });
      start = undefined;
    } else {
      rides.push(loneRide({ service, serviceDay: dayOf(tap), end: tap }, isClosed));
    }
  }
  if (start) rides.push({ service, serviceDay: dayOf(start), start, status: 'open' });
  return rides;
}
