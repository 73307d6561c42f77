import { createCipheriv, createDecipheriv } from 'node:crypto';
import { onceFor } from '../../../emv/once-for.js';
import { cardToken } from '../../tap/index.js';
import { deriveKey } from '../derive-key.js';

const NAME_LENGTH = 16;

/** One block of AES: a name is as good as random, and never two cards have the same one. */
const CIPHER = 'aes-256-ecb';

export interface ListNames {
  /** The key under which terminals name cards. They all hold it; it tells nothing of the gateway's other secrets. */
  readonly namingKey: Uint8Array;
  /** The sealed name of a card number, 16 bytes; the same for the same. `digits`: 8 to 19. */
  sealedName(digits: string): Uint8Array;
  /** The names, 16 bytes each, that were sealed one after the other. */
  open(sealed: Uint8Array): Uint8Array;
}

/**
 * What cards are called on lists, as terminals can work it out from a card number and the gateway cannot from a token
 * (decisions/0018-names-on-lists.md). Kept sealed, so that a copy of the books and a terminal together give no numbers
 * away. `tokenKey`: the secret of card tokens.
 */
export const listNames: (tokenKey: Uint8Array) => ListNames = onceFor((tokenKey: Uint8Array): ListNames => {
  const namingKey = deriveKey(tokenKey, 'yongtap names on lists');
  const sealingKey = deriveKey(tokenKey, 'yongtap seal of names on lists');
  return {
    namingKey,
    sealedName(digits) {
      const name = Buffer.from(cardToken(namingKey, digits), 'hex').subarray(0, NAME_LENGTH);
      return createCipheriv(CIPHER, sealingKey, null).setAutoPadding(false).update(name);
    },
    open: (sealed) => createDecipheriv(CIPHER, sealingKey, null).setAutoPadding(false).update(sealed),
  };
});
