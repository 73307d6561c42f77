import { bicycleFare } from './bicycle-fare.js';
import { type FullFare, fareOf } from './fare-of.js';
import type { FareTap } from './fare-types.js';
import { metroFare } from './metro-fare.js';
import { parkingFare } from './parking-fare.js';
import type { Ride } from './ride.js';
import { roundHalfUp } from './round-half-up.js';
import type { Tariff } from './tariff-schema.js';

/** What a ride costs before anybody's discount. A shop and a cinema say it themselves. */
export function fullFare(ride: Ride, { metro, bus, taxi, bicycle, parking }: Tariff): FullFare {
  const tap = ride.start ?? ride.end;
  if (ride.service === 'metro' && metro) return metroFare(ride, metro);
  if (ride.service === 'bus' && bus) return busFare(tap, bus.fareFen);
  if (ride.service === 'taxi' && taxi) return taxiFare(tap, taxi);
  if (ride.service === 'bicycle' && bicycle) return bicycleFare(ride, bicycle);
  if (ride.service === 'parking' && parking) return parkingFare(ride, parking);
  return fareOf({ fareFen: tap?.amountFen ?? 0, product: 'purchase', productZh: '消费' });
}

function busFare(tap: FareTap | undefined, usualFen: number): FullFare {
  const { line, fareFen = usualFen } = tap?.place ?? {};
  return fareOf({
    fareFen,
    product: line ? `bus line ${line}` : 'bus',
    productZh: line ? `公交${line}路` : '公交',
  });
}

const METRES_OF_A_KILOMETRE = 1000;

/** A taxi that says no distance is paid by its meter. */
function taxiFare(tap: FareTap | undefined, { base, perKilometreFen }: NonNullable<Tariff['taxi']>): FullFare {
  const distanceM = tap?.place.distanceM;
  if (distanceM === undefined) {
    return fareOf({ fareFen: tap?.amountFen ?? 0, product: 'taxi by its meter', productZh: '出租车计价器' });
  }
  const beyondM = Math.max(0, distanceM - base.uptoM);
  const km = (distanceM / METRES_OF_A_KILOMETRE).toFixed(2);
  return fareOf({
    fareFen: base.fareFen + roundHalfUp(beyondM * perKilometreFen, METRES_OF_A_KILOMETRE),
    product: `taxi ${km} km`,
    productZh: `出租车${km}公里`,
  });
}
