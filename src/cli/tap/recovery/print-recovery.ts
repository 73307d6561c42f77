import { formatYuan } from '../../../tap/index.js';
import type { Colours } from '../../colours.js';
import type { TornTap } from './torn-taps.js';

/** What the card says of the tap that was torn before (JR/T 0025.14-2013 A.4). */
export function printRecovery({ amountFen, error, recovery }: TornTap, colours: Colours): string[] {
  const asked = colours.dim('[GET TRANS PROVE]');
  if (error !== undefined) {
    return ['', `the card left before it had said what became of the torn tap: present it again ${asked}`];
  }
  switch (recovery.verdict) {
    case 'completed':
      return [
        '',
        `${colours.green(colours.bold('approved'))}  the torn tap was completed: the card has paid and is not debited again ${asked}`,
        `  ${formatYuan(amountFen)} yuan, to be settled with the cryptogram of the torn tap`,
      ];
    case 'not-completed':
      return ['', `the torn tap has not been: the card has paid nothing for it, and is tapped again ${asked}`];
    default:
      return ['', `the card knows nothing of the torn tap: another card ${asked}`];
  }
}
