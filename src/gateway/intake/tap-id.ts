import { hash } from 'node:crypto';
import { type TapRecord, tapIdentity } from '../../tap/index.js';

type Identity = Pick<TapRecord, 'operator' | 'terminal' | 'sequence'>;

const TERMINAL_DIGITS = 18;
/** As many hex digits as the greatest safe integer has. */
const SEQUENCE_DIGITS = 14;
/** Enough for two thousand years. */
const SECOND_DIGITS = 9;
const SECOND_MAX = 16 ** SECOND_DIGITS - 1;
/** Two taps of one second have one name once in 2^92 pairs. */
const HASH_DIGITS = 23;

/**
 * The gateway's name for an identity, the same in every process. Two records with other contents under one identity have
 * the same name, whatever their ids would be.
 */
export function identityName({ operator, terminal, sequence }: Identity): string {
  return `tap_${digitsOf(operator, terminal)}${sequence.toString(16).padStart(SEQUENCE_DIGITS, '0')}`;
}

/**
 * The gateway's name for a tap: the same for the same record, in every process. The names of taps of one time lie
 * together, whatever their terminals, so that what is kept under them does too (docs/decisions/0056).
 */
export function tapIdOf({ at, operator, terminal, sequence }: Identity & Pick<TapRecord, 'at'>): string {
  const second = Math.min(SECOND_MAX, Math.max(0, Math.floor(Date.parse(at) / 1000)));
  const digits = hash('sha256', tapIdentity({ operator, terminal, sequence }), 'hex');
  return `tap_${second.toString(16).padStart(SECOND_DIGITS, '0')}${digits.slice(0, HASH_DIGITS)}`;
}

/** What a kept record may be sealed under: long ago it was the tap's id. */
export const sealNames = ({ id, ...identity }: Identity & { readonly id: string }): readonly string[] => [
  identityName(identity),
  id,
];

/** Some megabytes at most; a city has fewer terminals. */
const KNOWN_MAX = 20_000;
const known = new Map<string, string>();

function digitsOf(operator: string, terminal: string): string {
  const name = tapIdentity({ operator, terminal, sequence: 0 });
  const digits = known.get(name);
  if (digits !== undefined) return digits;
  const made = hash('sha256', name, 'hex').slice(0, TERMINAL_DIGITS);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, made);
  return made;
}
