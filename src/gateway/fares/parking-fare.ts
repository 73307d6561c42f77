import { type FullFare, fareOf } from './fare-of.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import { minutesInWindow } from './service-day.js';
import type { Tariff } from './tariff-schema.js';
import { minutesFrom } from './timed-tap.js';

/** Units of time by day, a price for the stay by night; nothing where one tap is all that is known of the stay. */
export function parkingFare({ start, end }: Ride, tariff: NonNullable<Tariff['parking']>): FullFare {
  const name = (start ?? end)?.tap.place.zone;
  const zone = tariff.zones.find((candidate) => candidate.zone === name);
  const row = { fareFen: 0, product: `parking zone ${name}`, productZh: `停车${name}类区域` };
  if (!start || !end || !zone) {
    return fareOf(row, [priceStep('incomplete-journey', {}, { textKey: 'incomplete-stay' })]);
  }
  if (minutesFrom(start, end) <= zone.freeMinutes) {
    return fareOf(row, [priceStep('first-part-free', { minutes: zone.freeMinutes })]);
  }
  const { insideMinutes, touchesOutside } = minutesInWindow(start.ms, end.ms, tariff.day);
  const units = Math.ceil(insideMinutes / tariff.unitMinutes);
  const first = Math.min(units, zone.firstUnits);
  const dayFen = first * zone.unitFen + (units - first) * zone.furtherUnitFen;
  return fareOf({ ...row, fareFen: dayFen + (touchesOutside ? zone.nightFen : 0) });
}
