import type { TapResult } from '../../terminal/index.js';
import type { Colours } from '../colours.js';

/** Of a torn tap: whether the card can have paid, and what to do next. */
export function printTear(
  { mayHaveDebited, outcome }: TapResult,
  card: string | undefined,
  colours: Colours,
): string[] {
  if (outcome !== 'torn') return [];
  if (!mayHaveDebited) return ['  the card has paid nothing: tap it again'];
  const look = card === undefined ? '' : `; yongtap card show ${card} tells whether it did`;
  return [`${colours.yellow('  the card may have paid: its last answer was lost')}${look}`];
}
