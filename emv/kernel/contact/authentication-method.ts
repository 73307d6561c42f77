import type { ApplicationInterchangeProfile } from '../../values/index.js';
import type { TerminalCapabilities } from '../terminal-kind.js';

export type AuthenticationMethod = 'cda' | 'dda' | 'sda' | 'none';

type Flag = keyof ApplicationInterchangeProfile & keyof TerminalCapabilities;

/** Best first; at most one is done in a transaction (JR/T 0025.6-2013 7.5.3.3, figure 7). */
const METHODS: readonly (readonly [method: AuthenticationMethod, flag: Flag])[] = [
  ['cda', 'combinedDataAuthentication'],
  ['dda', 'dynamicDataAuthentication'],
  ['sda', 'staticDataAuthentication'],
];

/** The best method that the card's profile (82) and the terminal's capabilities (9F33) have in common. */
export const chooseMethod = (
  card: Pick<ApplicationInterchangeProfile, Flag>,
  terminal: Pick<TerminalCapabilities, Flag>,
): AuthenticationMethod => METHODS.find(([, flag]) => card[flag] && terminal[flag])?.[0] ?? 'none';
