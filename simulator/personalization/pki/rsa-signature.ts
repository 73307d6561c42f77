import { onceFor } from '../../../emv/once-for.js';
import { RsaPrivateKey } from '../../rsa/rsa-private-key.js';
import type { RsaKey } from './generate-rsa-key.js';

/** An issuer signs many cards. */
const prepared = onceFor((key: RsaKey) => new RsaPrivateKey(key, key.length));

/** Signs a block with a key of its length. */
export function signBlock(key: RsaKey, block: Uint8Array): Uint8Array {
  if (block.length !== key.length) throw new RangeError(`${block.length} bytes for a key of ${key.length}`);
  return prepared(key).sign(block);
}
