import { type FullFare, fareOf } from './fare-of.js';
import { priceStep } from './price-step.js';
import type { Ride } from './ride.js';
import type { Tariff } from './tariff-schema.js';
import { minutesFrom } from './timed-tap.js';

const MINUTES_OF_AN_HOUR = 60;

/** Each hour begun after the free part; nothing where one tap is all that is known of the ride. */
export function bicycleFare({ start, end }: Ride, tariff: NonNullable<Tariff['bicycle']>): FullFare {
  if (!start || !end) {
    const row = { fareFen: 0, product: 'bicycle', productZh: '公共自行车' };
    return fareOf(row, [priceStep('incomplete-journey', {}, { textKey: 'incomplete-stay' })]);
  }
  const minutes = minutesFrom(start, end);
  const hours = Math.ceil(Math.max(0, minutes - tariff.freeMinutes) / MINUTES_OF_AN_HOUR);
  const firstFen = tariff.hoursFen.slice(0, hours).reduce((sum, hourFen) => sum + hourFen, 0);
  const fareFen = firstFen + Math.max(0, hours - tariff.hoursFen.length) * tariff.furtherHourFen;
  const ridden = Math.ceil(minutes);
  const free = tariff.freeMinutes === 0 ? [] : [priceStep('first-part-free', { minutes: tariff.freeMinutes })];
  return fareOf({ fareFen, product: `bicycle ${ridden} minutes`, productZh: `公共自行车${ridden}分钟` }, free);
}
