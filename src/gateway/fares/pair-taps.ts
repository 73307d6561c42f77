import { groupBy } from '../group-by.js';
import type { TapRefusal } from './fare-codes.js';
import { metroNetwork } from './metro-network.js';
import { pairMetro } from './pair-metro.js';
import { pairStays } from './pair-stays.js';
import { begins, ends, type IsClosed, type Ride } from './ride.js';
import type { Tariff } from './tariff-schema.js';
import { type TariffSet, tariffOn } from './tariff-set.js';
import type { TimedTap } from './timed-tap.js';

export interface PairedTaps {
  readonly rides: readonly Ride[];
  readonly refused: ReadonlyMap<TimedTap, TapRefusal>;
}

/** Pairs the taps of one card, in their order, into rides; those of one service never end those of another. */
export function pairTaps(taps: readonly TimedTap[], tariffs: TariffSet, isClosed: IsClosed): PairedTaps {
  const refused = new Map<TimedTap, TapRefusal>();
  for (const each of taps) {
    const refusal = refusalByTariff(each, tariffOn(tariffs, each.serviceDay));
    if (refusal) refused.set(each, refusal);
  }
  const counted = refused.size === 0 ? taps : taps.filter((each) => !refused.has(each));
  const rides: Ride[] = [];
  for (const [service, ofService] of groupBy(counted, ({ tap }) => tap.service)) {
    if (service !== 'metro') {
      rides.push(...pairStays(ofService, service, isClosed));
      continue;
    }
    // A metro journey is of one service day, and so of one version of the tariff.
    for (const [serviceDay, ofDay] of groupBy(ofService, (each) => each.serviceDay)) {
      const paired = pairMetro(ofDay, tariffOn(tariffs, serviceDay)!.metro!, isClosed);
      for (const each of paired.passbacks) refused.set(each, 'passback');
      rides.push(...paired.rides);
    }
  }
  return { rides, refused };
}

/** A shop and a cinema say themselves what is due and need no tariff. */
function refusalByTariff({ tap }: TimedTap, tariff: Tariff | undefined): TapRefusal | undefined {
  const { service, place } = tap;
  if (service === 'retail' || service === 'cinema') return undefined;
  if (!tariff?.[service]) return 'unknown-service';
  if (service === 'metro' && tariff.metro) {
    if (!tariff.metro.pairing && !begins(tap) && !ends(tap)) return 'unknown-service';
    return metroNetwork(tariff.metro).has(place.station ?? '') ? undefined : 'unknown-place';
  }
  if (service === 'parking' && tariff.parking) {
    return tariff.parking.zones.some(({ zone }) => zone === place.zone) ? undefined : 'unknown-place';
  }
  return undefined;
}
