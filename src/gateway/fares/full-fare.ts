import { bicycleFare } from './bicycle-fare.js';
import { type FullFare, fareOf } from './fare-of.js';
import { metroFare } from './metro-fare.js';
import { parkingFare } from './parking-fare.js';
import type { Ride } from './ride.js';
import type { Tariff } from './tariff-schema.js';
import { taxiFare } from './taxi-fare.js';
import type { TimedTap } from './timed-tap.js';

/** What a ride costs before anybody's discount. A shop and a cinema say it themselves. */
export function fullFare(ride: Ride, { metro, bus, taxi, bicycle, parking }: Tariff): FullFare {
  const timed = ride.start ?? ride.end;
  if (ride.service === 'metro' && metro) return metroFare(ride, metro);
  if (ride.service === 'bus' && bus) return busFare(timed, bus.fareFen);
  if (ride.service === 'taxi' && taxi) return taxiFare(ride, taxi);
  if (ride.service === 'bicycle' && bicycle) return bicycleFare(ride, bicycle);
  if (ride.service === 'parking' && parking) return parkingFare(ride, parking);
  return fareOf({ fareFen: timed?.tap.amountFen ?? 0, product: 'purchase', productZh: '消费' });
}

/** Fares of bus lines, which are the same ride after ride. */
const busFares = new Map<string, FullFare>();
const BUS_FARES_MAX = 10_000;

function busFare(timed: TimedTap | undefined, usualFen: number): FullFare {
  const { line, fareFen = usualFen } = timed?.tap.place ?? {};
  const key = `${fareFen} ${line ?? ''}`;
  const known = busFares.get(key);
  if (known) return known;
  const fare = fareOf({
    fareFen,
    product: line ? `bus line ${line}` : 'bus',
    productZh: line ? `公交${line}路` : '公交',
  });
  if (busFares.size >= BUS_FARES_MAX) busFares.clear();
  busFares.set(key, fare);
  return fare;
}
