import { toHex } from '../bytes.js';
import { packedNumbers } from './card-number.js';
import { createCardNumbers } from './card-numbers.js';
import type { ExplainOptions } from './explained-object.js';

/** Bytes as hex; unless `showPan` without the card numbers of the session, or those that stand packed in them. */
export function shownHex(bytes: Uint8Array, { showPan, session }: ExplainOptions): string {
  const hex = toHex(bytes);
  return showPan ? hex : (session?.cardNumbers ?? createCardNumbers(packedNumbers(bytes))).redact(hex);
}
