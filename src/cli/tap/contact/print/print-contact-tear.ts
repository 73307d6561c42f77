import type { Colours } from '../../../colours.js';
import type { ContactTap } from '../contact-tap.js';

/** A card that is pulled has paid with the answer to GENERATE AC, and with no other (JR/T 0025.5-2013 14.5). */
export function printContactTear({ run }: ContactTap, card: string | undefined, colours: Colours): string[] {
  if (run.tear === undefined || run.outcome.outcome !== 'terminated') return [];
  if (run.trace.at(-1)?.name !== 'generate-ac') return ['  the card has paid nothing: put it in again'];
  const look = card === undefined ? '' : `; yongtap card show ${card} tells whether it did`;
  return [`${colours.yellow('  the card may have paid: its last answer was lost')}${look}`];
}
