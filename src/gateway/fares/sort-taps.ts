import { canonicalJson } from '../../tap/index.js';
import { cardRefusal } from '../membership/decide/card-refusal.js';
import type { TapRefusal } from './fare-codes.js';
import type { FareCard, FareTap } from './fare-types.js';
import { type DayBeginning, serviceDayAt } from './service-day.js';
import type { TimedTap } from './timed-tap.js';

/** An end before a beginning of the same second: the card was still on its way. */
const eventOrder = { exit: 0, end: 1, single: 2, entry: 3, start: 4 } as const;

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** An order that depends on what the taps say and not on how they came, so that late taps change nothing. */
export function inOrder(taps: readonly FareTap[], beginning: DayBeginning): TimedTap[] {
  return taps
    .map((tap) => ({ tap, ms: Date.parse(tap.at) }))
    .sort((one, other) => one.ms - other.ms || compareTaps(one.tap, other.tap))
    .map(({ tap, ms }, index) => ({ tap, ms, serviceDay: serviceDayAt(beginning, ms), index }));
}

/** Of two taps of one instant. The id, which may say how they came, decides only between equal ones. */
const compareTaps = (one: FareTap, other: FareTap): number =>
  eventOrder[one.event] - eventOrder[other.event] ||
  compareText(canonicalJson([one.service, one.place]), canonicalJson([other.service, other.place])) ||
  compareText(one.id, other.id);

/** Why taps, in their order, count for nothing whatever else there is: the card must not be tapped, or they are doubled. */
export function refusalsOf(taps: readonly TimedTap[], card: FareCard): Map<TimedTap, TapRefusal> {
  const refused = new Map<TimedTap, TapRefusal>();
  const mayBeRefused = !isAlwaysGood(card);
  let before: TimedTap | undefined;
  for (const each of taps) {
    const reason =
      (mayBeRefused ? cardRefusal(card, each.tap.at) : undefined) ??
      (before && isAgain(before, each) ? 'duplicate' : undefined);
    before = each;
    if (reason) refused.set(each, reason);
  }
  return refused;
}

/** Most cards: nothing ever happened to them, and nobody has to ask for each tap. */
const isAlwaysGood = ({ generation, exchanges, states }: FareCard): boolean =>
  generation === 'pboc3' && !exchanges?.length && states.every(({ state }) => state === 'active');

/** Equal taps stand beside each other. */
const isAgain = (one: TimedTap, other: TimedTap): boolean =>
  one.ms === other.ms &&
  one.tap.event === other.tap.event &&
  one.tap.service === other.tap.service &&
  canonicalJson(one.tap.place) === canonicalJson(other.tap.place);
