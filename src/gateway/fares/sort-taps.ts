import { canonicalJson } from '../../tap/index.js';
import { cardRefusal } from '../membership/decide/card-refusal.js';
import type { TapRefusal } from './fare-codes.js';
import type { FareCard, FareTap } from './fare-types.js';

/** An end before a beginning of the same second: the card was still on its way. */
const eventOrder = { exit: 0, end: 1, single: 2, entry: 3, start: 4 } as const;

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** An order that depends on what the taps say and not on how they came, so that late taps change nothing. */
export function inOrder(taps: readonly FareTap[]): FareTap[] {
  return taps
    .map((tap) => ({ tap, instant: Date.parse(tap.at) }))
    .sort((one, other) => one.instant - other.instant || compareTaps(one.tap, other.tap))
    .map(({ tap }) => tap);
}

/** Of two taps of one instant. The id, which may say how they came, decides only between equal ones. */
const compareTaps = (one: FareTap, other: FareTap): number =>
  eventOrder[one.event] - eventOrder[other.event] ||
  compareText(canonicalJson([one.service, one.place]), canonicalJson([other.service, other.place])) ||
  compareText(one.id, other.id);

/** Why a tap counts for nothing whatever else there is: the card must not be tapped, or the tap is there already. */
export function refusalsOf(taps: readonly FareTap[], card: FareCard): Map<string, TapRefusal> {
  const refused = new Map<string, TapRefusal>();
  const seen = new Set<string>();
  for (const tap of taps) {
    const key = canonicalJson([tap.service, tap.event, tap.place, Date.parse(tap.at)]);
    const reason = cardRefusal(card, tap.at) ?? (seen.has(key) ? 'duplicate' : undefined);
    seen.add(key);
    if (reason) refused.set(tap.id, reason);
  }
  return refused;
}
