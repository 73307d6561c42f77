import type { Service } from '../../tap/index.js';
import { begins, ends, type IsClosed, lastsOverDays, loneRide, type Ride } from './ride.js';
import type { TimedTap } from './timed-tap.js';

/**
 * Single taps, and stays that may last over days: a bicycle, a parking place. A stay that has begun and nothing after it
 * is open for as long as it takes; what ends with its service day waits until that is closed.
 */
export function pairStays(taps: readonly TimedTap[], service: Service, isClosed: IsClosed): Ride[] {
  const rides: Ride[] = [];
  const alone = (start: TimedTap) => rides.push(loneRide(service, start, 'start', isClosed));
  let start: TimedTap | undefined;
  for (const each of taps) {
    const { tap, serviceDay } = each;
    if (start && (begins(tap) || !(lastsOverDays(service) || start.serviceDay === serviceDay))) {
      alone(start);
      start = undefined;
    }
    if (begins(tap)) {
      start = each;
    } else if (!ends(tap)) {
      rides.push({ service, serviceDay, start: each, status: 'complete' });
    } else if (start) {
      rides.push({ service, serviceDay: start.serviceDay, start, end: each, status: 'complete' });
      start = undefined;
    } else {
      rides.push(loneRide(service, each, 'end', isClosed));
    }
  }
  if (start && lastsOverDays(service)) rides.push({ service, serviceDay: start.serviceDay, start, status: 'open' });
  else if (start) alone(start);
  return rides;
}
