import type { Service } from '../../tap/index.js';
import type { FareTap, TapRefusal } from './fare-types.js';
import { metroNetwork } from './metro-network.js';
import { minutesBetween, serviceDayOf } from './service-day.js';
import type { Tariff } from './tariff-schema.js';

/** A journey before it has a price: one tap, or a beginning and its end. */
export interface Ride {
  readonly service: Service;
  readonly serviceDay: string;
  /** A beginning, or the only tap. */
  readonly start?: FareTap;
  readonly end?: FareTap;
  readonly status: 'open' | 'complete' | 'incomplete';
}

export interface PairedTaps {
  readonly rides: readonly Ride[];
  readonly refused: ReadonlyMap<string, TapRefusal>;
}

/** Pairs the taps of one card, in their order, into rides. `isClosed`: no more taps are waited for on that day. */
export function pairTaps(
  taps: readonly FareTap[],
  tariff: Tariff,
  isClosed: (serviceDay: string) => boolean,
): PairedTaps {
  const refused = new Map<string, TapRefusal>();
  const rides: Ride[] = [];
  const byService = new Map<Service, FareTap[]>();
  for (const tap of taps) {
    const refusal = refusalOfPlace(tap, tariff);
    if (refusal) refused.set(tap.id, refusal);
    else byService.set(tap.service, [...(byService.get(tap.service) ?? []), tap]);
  }
  for (const [service, ofService] of byService) {
    if (service === 'metro') rides.push(...pairMetro(ofService, tariff, isClosed, refused));
    else rides.push(...pairStays(ofService, service, tariff));
  }
  return { rides, refused };
}

function refusalOfPlace(tap: FareTap, { metro, bus, taxi, bicycle, parking }: Tariff): TapRefusal | undefined {
  switch (tap.service) {
    case 'metro':
      if (!metro) return 'unknown-service';
      return tap.place.station !== undefined && metroNetwork(metro).has(tap.place.station)
        ? undefined
        : 'unknown-place';
    case 'bus':
      return bus ? undefined : 'unknown-service';
    case 'taxi':
      return taxi ? undefined : 'unknown-service';
    case 'bicycle':
      return bicycle ? undefined : 'unknown-service';
    case 'parking':
      if (!parking) return 'unknown-service';
      return parking.zones.some(({ zone }) => zone === tap.place.zone) ? undefined : 'unknown-place';
    default:
      return undefined;
  }
}

const begins = (tap: FareTap): boolean => tap.event === 'entry' || tap.event === 'start';
const ends = (tap: FareTap): boolean => tap.event === 'exit' || tap.event === 'end';

/**
 * An entry waits for its exit until the service day ends. A second entry means that the exit was missed, unless it is
 * the same station a moment later: a card handed back over the barrier, which is refused. So is a second exit.
 */
function pairMetro(
  taps: readonly FareTap[],
  tariff: Tariff,
  isClosed: (serviceDay: string) => boolean,
  refused: Map<string, TapRefusal>,
): Ride[] {
  const rides: Ride[] = [];
  const passbackMinutes = tariff.metro?.passback.minutes ?? 0;
  const dayOf = (tap: FareTap) => serviceDayOf(tariff, tap.at);
  let entry: FareTap | undefined;
  let last: FareTap | undefined;
  const isPassback = (tap: FareTap): boolean =>
    last !== undefined &&
    begins(last) === begins(tap) &&
    last.place.station === tap.place.station &&
    minutesBetween(last.at, tap.at) < passbackMinutes;
  const leaveOpen = () => {
    if (!entry) return;
    const serviceDay = dayOf(entry);
    rides.push({ service: 'metro', serviceDay, start: entry, status: isClosed(serviceDay) ? 'incomplete' : 'open' });
  };
  for (const tap of taps) {
    if (isPassback(tap)) {
      refused.set(tap.id, 'passback');
      continue;
    }
    const serviceDay = dayOf(tap);
    if (begins(tap)) {
      if (entry) rides.push({ service: 'metro', serviceDay: dayOf(entry), start: entry, status: 'incomplete' });
      entry = tap;
    } else if (entry && dayOf(entry) === serviceDay) {
      rides.push({ service: 'metro', serviceDay, start: entry, end: tap, status: 'complete' });
      entry = undefined;
    } else {
      leaveOpen();
      entry = undefined;
      rides.push({ service: 'metro', serviceDay, end: tap, status: isClosed(serviceDay) ? 'incomplete' : 'open' });
    }
    last = tap;
  }
  leaveOpen();
  return rides;
}

/** Single taps, and stays that may last over days: a bicycle, a parking place. */
function pairStays(taps: readonly FareTap[], service: Service, tariff: Tariff): Ride[] {
  const rides: Ride[] = [];
  const dayOf = (tap: FareTap) => serviceDayOf(tariff, tap.at);
  let start: FareTap | undefined;
  for (const tap of taps) {
    if (ends(tap)) {
      const first = start ?? tap;
      rides.push({
        service,
        serviceDay: dayOf(first),
        ...(start && { start }),
        end: tap,
        status: start ? 'complete' : 'incomplete',
      });
      start = undefined;
      continue;
    }
    if (begins(tap)) {
      if (start) rides.push({ service, serviceDay: dayOf(start), start, status: 'incomplete' });
      start = tap;
      continue;
    }
    rides.push({ service, serviceDay: dayOf(tap), start: tap, status: 'complete' });
  }
  if (start) rides.push({ service, serviceDay: dayOf(start), start, status: 'open' });
  return rides;
}
