import { loadCity } from '../city/city.js';
import { type FleetPlan, randomFor } from './fleet-plan.js';

/** More do not fit into a rider's day. */
export const TAPS_PER_RIDER_MAX = 40;

/**
 * How many taps each rider makes; together they are the plan's. Riders differ, as far as nobody gets more than
 * {@link TAPS_PER_RIDER_MAX}.
 */
export function tapsOfRiders(plan: FleetPlan): Uint8Array {
  const { cards, taps } = plan;
  const random = randomFor(plan, 'taps of riders');
  const { tapsRelative } = loadCity();
  const weights = Uint8Array.from({ length: cards }, () => random.pick(tapsRelative));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = new Uint8Array(cards);
  let weightSoFar = 0;
  let given = 0;
  for (let rider = 0; rider < cards; rider++) {
    weightSoFar += weights[rider]!;
    const due = Math.round((weightSoFar * taps) / whole) - given;
    // What one rider cannot make, the next ones do; what all of them cannot, the first ones did not have to.
    const othersMax = (cards - rider - 1) * TAPS_PER_RIDER_MAX;
    counts[rider] = Math.max(Math.min(due, TAPS_PER_RIDER_MAX), taps - given - othersMax);
    given += counts[rider]!;
  }
  return counts;
}
