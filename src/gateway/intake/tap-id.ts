import { createHash } from 'node:crypto';
import { type TapRecord, tapIdentity } from '../../tap/index.js';

const DIGITS = 32;

/** The gateway's name for a tap: the same for the same identity, in every process. */
export function tapIdOf(record: TapRecord): string {
  return `tap_${createHash('sha256').update(tapIdentity(record)).digest('hex').slice(0, DIGITS)}`;
}
