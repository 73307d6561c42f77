import { createHash } from 'node:crypto';
import { type TapRecord, tapIdentity } from '../../tap/index.js';

const TERMINAL_DIGITS = 18;
/** As many hex digits as the greatest safe integer has. */
const SEQUENCE_DIGITS = 14;

/**
 * The gateway's name for a tap: the same for the same identity, in every process. The names of one terminal's taps lie
 * together and in their order, so that what is kept under them does too (docs/decisions/0012).
 */
export function tapIdOf({
  operator,
  terminal,
  sequence,
}: Pick<TapRecord, 'operator' | 'terminal' | 'sequence'>): string {
  return `tap_${digitsOf(operator, terminal)}${sequence.toString(16).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** Some megabytes at most; a city has fewer terminals. */
const KNOWN_MAX = 20_000;
const known = new Map<string, string>();

function digitsOf(operator: string, terminal: string): string {
  const name = tapIdentity({ operator, terminal, sequence: 0 });
  const digits = known.get(name);
  if (digits !== undefined) return digits;
  const made = createHash('sha256').update(name).digest('hex').slice(0, TERMINAL_DIGITS);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, made);
  return made;
}
