import { createHmac } from 'node:crypto';
import { concat } from '../../emv/bytes.js';
import { sm2IdentityHash, sm3 } from '../../emv/cryptogram/index.js';
import { fromBigEndian, toBigEndian } from '../numbers/big-endian.js';
import { inverse, modulo } from '../numbers/modulo.js';
import { curve, multiplyGenerator } from './curve.js';

/** A key pair of the SM2 curve. */
export interface Sm2Key {
  readonly privateKey: bigint;
  /** x ‖ y, 64 bytes. */
  readonly point: Uint8Array;
}

const NUMBER_LENGTH = 32;
const toBytes = (number: bigint): Uint8Array => toBigEndian(number, NUMBER_LENGTH);

/** The key pair of a private key, 0 < d < n - 1 (GB/T 32918.1-2016 §6.1). Throws a `RangeError` for others. */
export function sm2KeyOf(privateKey: bigint): Sm2Key {
  if (privateKey >= curve.n - 1n) throw new RangeError('no private key of the SM2 curve');
  const { x, y } = multiplyGenerator(privateKey);
  return { privateKey, point: concat(toBytes(x), toBytes(y)) };
}

/**
 * The SM2 signature r ‖ s, 64 bytes, over `message` under `identity`, PBOC's unless given (GB/T 32918.2-2016 §6.1). Its random number
 * follows from key and message, so that the same key and message give the same signature; for test keys only.
 *
 * @example signSm2(sm2KeyOf(privateKey), concat(body, staticData))
 */
export function signSm2(key: Sm2Key, message: Uint8Array, identity?: Uint8Array): Uint8Array {
  const digest = fromBigEndian(sm3(sm2IdentityHash(key.point, identity), message));
  for (let attempt = 0; ; attempt++) {
    const signature = signDigest(key.privateKey, digest, nonceOf(key.privateKey, digest, attempt));
    if (signature !== undefined) return signature;
  }
}

/** The signature with a given random number; `undefined` where the standard asks for another one. */
export function signDigest(privateKey: bigint, digest: bigint, nonce: bigint): Uint8Array | undefined {
  const { n } = curve;
  if (nonce === 0n) return undefined;
  const r = modulo(digest + multiplyGenerator(nonce).x, n);
  if (r === 0n || r + nonce === n) return undefined;
  const s = modulo(inverse(1n + privateKey, n) * (nonce - r * privateKey), n);
  return s === 0n ? undefined : concat(toBytes(r), toBytes(s));
}

function nonceOf(privateKey: bigint, digest: bigint, attempt: number): bigint {
  const mac = createHmac('sha512', toBytes(privateKey)).update(toBytes(digest)).update(Uint8Array.of(attempt));
  return modulo(fromBigEndian(mac.digest()), curve.n);
}
