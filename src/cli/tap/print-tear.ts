import type { TapResult } from '../../terminal/index.js';
import type { Colours } from '../colours.js';
import { isProvable } from './recovery/torn-taps.js';

/** Of a torn tap: whether the card can have paid, and what to do next. */
export function printTear(result: TapResult, card: string | undefined, colours: Colours): string[] {
  if (result.outcome !== 'torn') return [];
  if (!result.mayHaveDebited) return ['  the card has paid nothing: tap it again'];
  const look = card === undefined ? '' : `; yongtap card show ${card} tells whether it did`;
  const ask = isProvable(result) ? '; the next tap of this command asks the card first' : '';
  return [`${colours.yellow('  the card may have paid: its last answer was lost')}${look}${ask}`];
}
