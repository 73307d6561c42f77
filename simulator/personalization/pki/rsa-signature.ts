import { constants, createPrivateKey, type KeyObject, privateEncrypt } from 'node:crypto';
import { toBigEndian } from '../../numbers/big-endian.js';
import { inverse } from '../../numbers/modulo.js';
import type { RsaKey } from './generate-rsa-key.js';

/** Building a key costs more than signing with it, and an issuer signs many cards. */
const prepared = new WeakMap<RsaKey, KeyObject>();

function prepare(key: RsaKey): KeyObject {
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const [p, q] = key.primes;
  const base64 = (number: bigint, length: number) => Buffer.from(toBigEndian(number, length)).toString('base64url');
  const half = (number: bigint) => base64(number, key.length / 2);
  const made = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: base64(key.modulus, key.length),
      e: key.publicExponent === 3n ? 'Aw' : 'AQAB',
      d: base64(key.privateExponent, key.length),
      p: half(p),
      q: half(q),
      dp: half(key.privateExponent % (p - 1n)),
      dq: half(key.privateExponent % (q - 1n)),
      qi: half(inverse(q, p)),
    },
  });
  prepared.set(key, made);
  return made;
}

/** The bare RSA operation with the private key (EMV 4.3 Book 2 B2.1.2) on a block as long as the modulus. */
export function signBlock(key: RsaKey, block: Uint8Array): Uint8Array {
  if (block.length !== key.length) throw new RangeError(`${block.length} bytes for a key of ${key.length}`);
  return new Uint8Array(privateEncrypt({ key: prepare(key), padding: constants.RSA_NO_PADDING }, block));
}
