import { groupBy } from '../group-by.js';
import type { TapRefusal } from './fare-codes.js';
import type { FareTap } from './fare-types.js';
import { metroNetwork } from './metro-network.js';
import { pairMetro } from './pair-metro.js';
import { pairStays } from './pair-stays.js';
import { begins, ends, type IsClosed, type Ride } from './ride.js';
import type { Tariff } from './tariff-schema.js';

export interface PairedTaps {
  readonly rides: readonly Ride[];
  readonly refused: ReadonlyMap<string, TapRefusal>;
}

/** Pairs the taps of one card, in their order, into rides; those of one service never end those of another. */
export function pairTaps(taps: readonly FareTap[], tariff: Tariff, isClosed: IsClosed): PairedTaps {
  const refused = new Map<string, TapRefusal>();
  for (const tap of taps) {
    const refusal = refusalByTariff(tap, tariff);
    if (refusal) refused.set(tap.id, refusal);
  }
  const byService = groupBy(
    taps.filter(({ id }) => !refused.has(id)),
    ({ service }) => service,
  );
  const rides = [...byService].flatMap(([service, ofService]): readonly Ride[] => {
    if (service !== 'metro' || !tariff.metro) return pairStays(ofService, service, tariff, isClosed);
    const paired = pairMetro(ofService, tariff, tariff.metro, isClosed);
    for (const id of paired.passbacks) refused.set(id, 'passback');
    return paired.rides;
  });
  return { rides, refused };
}

/** A shop and a cinema say themselves what is due and need no tariff. */
function refusalByTariff(tap: FareTap, tariff: Tariff): TapRefusal | undefined {
  const { service, place } = tap;
  if (service === 'retail' || service === 'cinema') return undefined;
  if (!tariff[service]) return 'unknown-service';
  if (service === 'metro' && tariff.metro) {
    if (!begins(tap) && !ends(tap)) return 'unknown-service';
    return metroNetwork(tariff.metro).has(place.station ?? '') ? undefined : 'unknown-place';
  }
  if (service === 'parking' && tariff.parking) {
    return tariff.parking.zones.some(({ zone }) => zone === place.zone) ? undefined : 'unknown-place';
  }
  return undefined;
}
