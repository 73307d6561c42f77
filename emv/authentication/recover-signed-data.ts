import { createHash } from 'node:crypto';
import { equalBytes } from '../bytes.js';
import type { RsaPublicKey } from '../keys/index.js';
import { done, refuse, type Step } from './oda-result.js';

/** What an RSA signature of EMV can be over; the refusals of each are named after it. */
export type SignedThing = 'issuer-certificate' | 'icc-certificate' | 'signed-static-data' | 'signed-dynamic-data';

export interface RecoveredData {
  /** From the format byte to the last byte before the hash: what the hash begins with. */
  readonly body: Uint8Array;
  readonly hash: Uint8Array;
}

/** Header, trailer and SHA-1 around the body. */
const FRAME_LENGTH = 22;

/**
 * Opens a signature with message recovery and looks at its frame: `6A`, format byte, body, SHA-1, `BC`
 * (EMV 4.3 Book 2 §A2.1). `bodyLengthMin` is the shortest body, format byte included, that makes sense.
 */
export function recoverSignedData(
  thing: SignedThing,
  key: RsaPublicKey,
  signature: Uint8Array,
  format: number,
  bodyLengthMin: number,
): Step<RecoveredData> {
  const length = key.modulus.length;
  if (signature.length !== length || length < FRAME_LENGTH + bodyLengthMin) return refuse(`${thing}-length`);
  const recovered = key.recover(signature);
  if (recovered === undefined || recovered[0] !== 0x6a) return refuse(`${thing}-header`);
  if (recovered[length - 1] !== 0xbc) return refuse(`${thing}-trailer`);
  if (recovered[1] !== format) return refuse(`${thing}-format`);
  return done({ body: recovered.subarray(1, length - 21), hash: recovered.subarray(length - 21, length - 1) });
}

/** Whether the hash of recovered data is the SHA-1 of its body and of what follows it. */
export function isHashOf({ body, hash }: RecoveredData, ...rest: readonly Uint8Array[]): boolean {
  const digest = createHash('sha1').update(body);
  for (const part of rest) digest.update(part);
  return equalBytes(digest.digest(), hash);
}
