import type { KeyObject } from 'node:crypto';
import { rsaPrivateKey, signRsaBlock } from '../../rsa/rsa-private-key.js';
import type { RsaKey } from './generate-rsa-key.js';

/** An issuer signs many cards. */
const prepared = new WeakMap<RsaKey, KeyObject>();

function prepare(key: RsaKey): KeyObject {
  const known = prepared.get(key) ?? rsaPrivateKey(key);
  prepared.set(key, known);
  return known;
}

/** Signs a block with a key of its length. */
export function signBlock(key: RsaKey, block: Uint8Array): Uint8Array {
  if (block.length !== key.length) throw new RangeError(`${block.length} bytes for a key of ${key.length}`);
  return signRsaBlock(prepare(key), block);
}
