import type { FareTap } from './fare-types.js';
import { begins, type IsClosed, loneRide, type Ride } from './ride.js';
import { minutesBetween, serviceDayOf } from './service-day.js';
import type { MetroTariff, Tariff } from './tariff-schema.js';

export interface PairedMetro {
  readonly rides: readonly Ride[];
  /** Ids of taps with a card that was handed back over the barrier. */
  readonly passbacks: readonly string[];
}

/**
 * Entries and exits in their order. An entry waits for its exit until the service day ends. A second entry means that
 * the exit was missed, unless it is the same station soon after: then the card was handed back. So with exits. Each
 * service day is by itself.
 */
export function pairMetro(
  taps: readonly FareTap[],
  tariff: Pick<Tariff, 'serviceDayBegins'>,
  { passback }: MetroTariff,
  isClosed: IsClosed,
): PairedMetro {
  const rides: Ride[] = [];
  const passbacks: string[] = [];
  const alone = (half: { start: FareTap } | { end: FareTap }, tap: FareTap) =>
    rides.push(loneRide({ service: 'metro', serviceDay: serviceDayOf(tariff, tap.at), ...half }, isClosed));
  let entry: FareTap | undefined;
  let last: FareTap | undefined;
  for (const tap of taps) {
    const serviceDay = serviceDayOf(tariff, tap.at);
    if (last && serviceDayOf(tariff, last.at) === serviceDay && isPassback(last, tap, passback.minutes)) {
      passbacks.push(tap.id);
      continue;
    }
    last = tap;
    if (entry && !begins(tap) && serviceDayOf(tariff, entry.at) === serviceDay) {
      rides.push({ service: 'metro', serviceDay, start: entry, end: tap, status: 'complete' });
      entry = undefined;
      continue;
    }
    if (entry) alone({ start: entry }, entry);
    entry = begins(tap) ? tap : undefined;
    if (!entry) alone({ end: tap }, tap);
  }
  if (entry) alone({ start: entry }, entry);
  return { rides, passbacks };
}

const isPassback = (last: FareTap, tap: FareTap, withinMinutes: number): boolean =>
  begins(last) === begins(tap) &&
  last.place.station === tap.place.station &&
  minutesBetween(last.at, tap.at) < withinMinutes;
