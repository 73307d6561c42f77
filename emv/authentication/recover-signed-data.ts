import { hash } from 'node:crypto';
import { concat, fromHex } from '../bytes.js';
import type { RsaPublicKey } from '../keys/index.js';
import { done, type OdaFailure, refuse, type Step } from './oda-result.js';
import { objection, type SignedThing, type Witness } from './witness.js';

export interface RecoveredData {
  /** From the format byte to the last byte before the hash: what the hash begins with. */
  readonly body: Uint8Array;
  readonly hash: Uint8Array;
}

/** Header, trailer and SHA-1 around the body. */
const FRAME_LENGTH = 22;
const HEADER = 0x6a;
const TRAILER = 0xbc;

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
  witness: Witness | undefined,
): Step<RecoveredData> {
  const length = key.modulus.length;
  if (signature.length !== length || length < FRAME_LENGTH + bodyLengthMin) {
    return refuse(`${thing}-length`, {
      expected: Math.max(length, FRAME_LENGTH + bodyLengthMin),
      found: signature.length,
    });
  }
  const recovered = key.recover(signature);
  if (recovered === undefined) return refuse(`${thing}-header`, { expected: Uint8Array.of(HEADER) });
  witness?.opened(thing, recovered);
  if (recovered[0] !== HEADER) return refuse(`${thing}-header`, byteAt(recovered, 0, HEADER));
  if (recovered[length - 1] !== TRAILER) return refuse(`${thing}-trailer`, byteAt(recovered, length - 1, TRAILER));
  if (recovered[1] !== format) return refuse(`${thing}-format`, byteAt(recovered, 1, format));
  return done({ body: recovered.subarray(1, length - 21), hash: recovered.subarray(length - 21, length - 1) });
}

/** What should stand at an offset, and what does. */
export const byteAt = (bytes: Uint8Array, offset: number, expected: number) => ({
  expected: Uint8Array.of(expected),
  found: bytes.subarray(offset, offset + 1),
});

/** The objection where the hash of recovered data is not the SHA-1 of its body and of what follows it. */
export function objectionToHash(
  thing: SignedThing,
  { body, hash: carried }: RecoveredData,
  witness: Witness | undefined,
  ...rest: readonly Uint8Array[]
): OdaFailure | undefined {
  const digest = sha1(concat(body, ...rest));
  const holds = digest === hexOf(carried);
  witness?.hashed(thing, fromHex(digest));
  return objection(witness, holds, `${thing}-hash`, () => ({ expected: fromHex(digest), found: carried }));
}

/** In one call and as text: half the time of a hash object. */
const sha1 = (bytes: Uint8Array): string => hash('sha1', bytes, 'hex');

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
