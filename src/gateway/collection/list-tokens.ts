import { createHmac } from 'node:crypto';
import { onceFor } from '../../../emv/once-for.js';
import { deriveKey } from '../derive-key.js';

export interface ListTokens {
  /** Of a file as it came, or of all that a row says: the same for the same, and tells nothing of what it is. */
  content(content: Uint8Array | string): string;
}

/** Keyed hashes: a list of one row could be guessed from a mere hash. `tokenKey`: the secret of card tokens. */
export const listTokens: (tokenKey: Uint8Array) => ListTokens = onceFor((tokenKey: Uint8Array): ListTokens => {
  const key = deriveKey(tokenKey, 'yongtap lists of members');
  return { content: (content) => createHmac('sha256', key).update(content).digest('hex') };
});
