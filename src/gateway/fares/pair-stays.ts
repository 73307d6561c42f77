import type { Service } from '../../tap/index.js';
import type { FareTap } from './fare-types.js';
import { begins, ends, type IsClosed, lastsOverDays, loneRide, type Ride } from './ride.js';
import { serviceDayOf } from './service-day.js';
import type { Tariff } from './tariff-schema.js';

/**
 * Single taps, and stays that may last over days: a bicycle, a parking place. A stay that has begun and nothing after it
 * is open for as long as it takes; what ends with its service day waits until that is closed.
 */
export function pairStays(
  taps: readonly FareTap[],
  service: Service,
  tariff: Pick<Tariff, 'serviceDayBegins'>,
  isClosed: IsClosed,
): Ride[] {
  const rides: Ride[] = [];
  const dayOf = (tap: FareTap) => serviceDayOf(tariff, tap.at);
  const alone = (start: FareTap) => rides.push(loneRide({ service, serviceDay: dayOf(start), start }, isClosed));
  let start: FareTap | undefined;
  for (const tap of taps) {
    if (start && (begins(tap) || !(lastsOverDays(service) || dayOf(start) === dayOf(tap)))) {
      alone(start);
      start = undefined;
    }
    if (begins(tap)) {
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
  if (start && lastsOverDays(service)) rides.push({ service, serviceDay: dayOf(start), start, status: 'open' });
  else if (start) alone(start);
  return rides;
}
