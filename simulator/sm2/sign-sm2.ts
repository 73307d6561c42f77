import { createHash, createHmac } from 'node:crypto';
import { concat, fromAscii, fromHex, toHex } from '../../emv/bytes.js';
import { curve, inverse, modulo, multiplyGenerator } from './curve.js';

/** The identity that PBOC signatures are made under (JR/T 0025.17-2013). */
const PBOC_IDENTITY = fromAscii('1234567812345678');

/** A key pair of the SM2 curve. */
export interface Sm2Key {
  readonly privateKey: bigint;
  /** x ‖ y, 64 bytes. */
  readonly point: Uint8Array;
}

const toBytes32 = (number: bigint): Uint8Array => fromHex(number.toString(16).padStart(64, '0'));
const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);

const sm3 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sm3');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** The key pair of a private key, 0 < d < n - 1 (GB/T 32918.1-2016 §6.1). Throws a `RangeError` for others. */
export function sm2KeyOf(privateKey: bigint): Sm2Key {
  if (privateKey >= curve.n - 1n) throw new RangeError('no private key of the SM2 curve');
  const { x, y } = multiplyGenerator(privateKey);
  return { privateKey, point: concat(toBytes32(x), toBytes32(y)) };
}

/**
 * The SM2 signature r ‖ s, 64 bytes, over `message` under `identity` (GB/T 32918.2-2016 §6.1). Its random number
 * follows from key and message, so that the same key and message give the same signature; for test keys only.
 *
 * @example signSm2(sm2KeyOf(privateKey), concat(body, staticData))
 */
export function signSm2(key: Sm2Key, message: Uint8Array, identity: Uint8Array = PBOC_IDENTITY): Uint8Array {
  const digest = toNumber(sm3(identityHash(key.point, identity), message));
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
  return s === 0n ? undefined : concat(toBytes32(r), toBytes32(s));
}

/** Z: the hash over length of the identity in bits, identity, curve and key (GB/T 32918.2-2016 §5.5). */
function identityHash(point: Uint8Array, identity: Uint8Array): Uint8Array {
  const { a, b, gx, gy } = curve;
  const bits = identity.length * 8;
  return sm3(Uint8Array.of(bits >> 8, bits & 0xff), identity, ...[a, b, gx, gy].map(toBytes32), point);
}

function nonceOf(privateKey: bigint, digest: bigint, attempt: number): bigint {
  const mac = createHmac('sha512', toBytes32(privateKey)).update(toBytes32(digest)).update(Uint8Array.of(attempt));
  return modulo(toNumber(mac.digest()), curve.n);
}
