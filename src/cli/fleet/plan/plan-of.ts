import { CommandError } from '../../exit-codes.js';
import { parseDay } from '../../options/day.js';
import type { FleetPlan } from './fleet-plan.js';
import { RIDERS_MAX } from './rider.js';
import { TAPS_PER_RIDER_MAX } from './taps-of-rider.js';

/** A plan that can be ridden. Throws {@link CommandError}. */
export function planOf({ cards, taps, seed, day, shares, keys }: FleetPlan): FleetPlan {
  if (cards > RIDERS_MAX) throw tooMany(`--cards ${cards}: at most ${RIDERS_MAX}`);
  if (taps > cards * TAPS_PER_RIDER_MAX) {
    throw tooMany(`--taps ${taps}: ${cards} cards make at most ${cards * TAPS_PER_RIDER_MAX} in a day`);
  }
  return {
    cards,
    taps,
    seed,
    day: parseDay(day, '--day'),
    shares,
    ...(keys !== undefined && { keys: Math.min(keys, cards) }),
  };
}

const tooMany = (message: string) => new CommandError('fleet-too-large', message);
