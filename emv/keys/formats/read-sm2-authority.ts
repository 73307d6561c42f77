import { toHex } from '../../bytes.js';
import { createSm2PublicKey } from '../../cryptogram/index.js';
import type { RawEntry } from './imported-keys.js';

const FORMAT = 0x31;
const BODY_LENGTH = 80;
const LENGTH = BODY_LENGTH + 64;

export const isSm2Authority = (bytes: Uint8Array): boolean => bytes[0] === FORMAT && bytes.length === LENGTH;

/**
 * An SM2 key as its authority hands it out: `31 | service identifier 4 | RID 5 | index 1 | MMYY | 04 | 11 | 40 | key 64`
 * and its own signature over that. A form of the authority's operator, not of the standard.
 */
export function readSm2Authority(bytes: Uint8Array, place: string): RawEntry {
  if (!isSm2Authority(bytes)) return { place, fields: {}, fault: 'key-entry-unreadable' };
  const point = bytes.slice(BODY_LENGTH - 64, BODY_LENGTH);
  const fields = {
    rid: toHex(bytes.subarray(5, 10)),
    index: toHex(bytes.subarray(10, 11)),
    expires: toHex(bytes.subarray(11, 13)),
    algorithm: 'sm2',
    publicKey: toHex(point),
  };
  const holds = createSm2PublicKey(point)?.verify(bytes.subarray(0, BODY_LENGTH), bytes.subarray(BODY_LENGTH));
  return holds
    ? { place, fields, notes: ['self-signature-good'] }
    : { place, fields, fault: 'key-self-signature-wrong' };
}
