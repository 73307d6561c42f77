import { formatYuan } from '../../tap/index.js';
import type { FareTap, PriceStep } from './fare-types.js';
import { metroNetwork } from './metro-network.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import { roundHalfUp } from './round-half-up.js';
import { minutesBetween, minutesInWindow } from './service-day.js';
import type { MetroTariff, Tariff } from './tariff-schema.js';

/** What a ride costs by the tariff alone. */
export interface FullFare {
  readonly fareFen: number;
  readonly product: string;
  readonly steps: readonly PriceStep[];
}

const fareOf = (fareFen: number, product: string, productZh: string, before: readonly PriceStep[] = []): FullFare => ({
  fareFen,
  product,
  steps: [
    ...before,
    priceStep(
      'fare',
      { product, amount: formatYuan(fareFen) },
      { amountFen: fareFen, valuesZh: { product: productZh } },
    ),
  ],
});

export function fullFare(ride: Ride, tariff: Tariff): FullFare {
  const { service, start, end } = ride;
  if (service === 'metro' && tariff.metro) return metroFare(ride, tariff.metro);
  if (service === 'bus' && tariff.bus) return busFare(start, tariff.bus.fareFen);
  if (service === 'taxi' && tariff.taxi) return taxiFare(start ?? end, tariff.taxi);
  if (service === 'bicycle' && tariff.bicycle) return bicycleFare(ride, tariff.bicycle);
  if (service === 'parking' && tariff.parking) return parkingFare(ride, tariff.parking);
  return fareOf((start ?? end)?.amountFen ?? 0, 'purchase', '消费');
}

function metroFare({ start, end, status }: Ride, tariff: MetroTariff): FullFare {
  const network = metroNetwork(tariff);
  const known = end?.place.station ?? start?.place.station ?? '';
  if (status === 'incomplete' || !start || !end) {
    const { fareFen, product } = network.highestFare(known);
    return fareOf(fareFen, product, `地铁单程`, [priceStep('incomplete-journey', { station: known })]);
  }
  const minutes = Math.floor(minutesBetween(start.at, end.at));
  if (minutesBetween(start.at, end.at) > tariff.stayMinutes) {
    const { fareFen, product } = network.highestFare(known);
    const step = priceStep('overstay', { minutes, limit: tariff.stayMinutes, station: known });
    return fareOf(fareFen, product, '地铁单程', [step]);
  }
  const distanceM = network.distance(start.place.station ?? '', known) ?? 0;
  const { fareFen, product } = network.fare(distanceM);
  const way = `${start.place.station} → ${known}, ${(distanceM / 1000).toFixed(2)} km`;
  return fareOf(fareFen, `${product} (${way})`, `地铁 ${way}`);
}

function busFare(tap: FareTap | undefined, fareFen: number): FullFare {
  const ofThisRide = tap?.place.fareFen ?? fareFen;
  const line = tap?.place.line;
  return fareOf(ofThisRide, line ? `bus line ${line}` : 'bus', line ? `公交${line}路` : '公交');
}

function taxiFare(tap: FareTap | undefined, { base, perKilometreFen }: NonNullable<Tariff['taxi']>): FullFare {
  const distanceM = tap?.place.distanceM;
  if (distanceM === undefined) return fareOf(tap?.amountFen ?? 0, 'taxi by its meter', '出租车计价器');
  const beyondM = Math.max(0, distanceM - base.uptoM);
  const fareFen = base.fareFen + roundHalfUp(beyondM * perKilometreFen, 1000);
  return fareOf(fareFen, `taxi ${(distanceM / 1000).toFixed(2)} km`, `出租车${(distanceM / 1000).toFixed(2)}公里`);
}

const MINUTES_OF_AN_HOUR = 60;

function bicycleFare({ start, end }: Ride, tariff: NonNullable<Tariff['bicycle']>): FullFare {
  const minutes = start && end ? minutesBetween(start.at, end.at) : 0;
  const hours = Math.ceil(Math.max(0, minutes - tariff.freeMinutes) / MINUTES_OF_AN_HOUR);
  let fareFen = 0;
  for (let hour = 0; hour < hours; hour++) fareFen += tariff.hoursFen[hour] ?? tariff.furtherHourFen;
  const product = `bicycle ${Math.ceil(minutes)} minutes`;
  return fareOf(fareFen, product, `公共自行车${Math.ceil(minutes)}分钟`, [
    priceStep('first-part-free', { minutes: tariff.freeMinutes }),
  ]);
}

function parkingFare({ start, end }: Ride, tariff: NonNullable<Tariff['parking']>): FullFare {
  const tap = start ?? end;
  const zone = tariff.zones.find((candidate) => candidate.zone === tap?.place.zone);
  if (!zone) return fareOf(0, 'parking', '停车');
  const product = `parking zone ${zone.zone}`;
  const productZh = `停车${zone.zone}类区域`;
  const minutes = start && end ? minutesBetween(start.at, end.at) : 0;
  if (!start || !end || minutes <= zone.freeMinutes) {
    return fareOf(0, product, productZh, [priceStep('first-part-free', { minutes: zone.freeMinutes })]);
  }
  const { insideMinutes, touchesOutside } = minutesInWindow(start.at, end.at, tariff.day);
  const units = Math.ceil(insideMinutes / tariff.unitMinutes);
  const first = Math.min(units, zone.firstUnits);
  const dayFen = first * zone.unitFen + (units - first) * zone.furtherUnitFen;
  return fareOf(dayFen + (touchesOutside ? zone.nightFen : 0), product, productZh);
}
