import { createHash } from 'node:crypto';

/**
 * The check value of an RSA certification authority key: SHA-1 over RID, index, modulus and exponent
 * (EMV 4.3 Book 2 §11.2.2, JR/T 0025.7-2013 table 29). 20 bytes.
 */
export function checksum(
  rid: Uint8Array,
  index: Uint8Array | number,
  modulus: Uint8Array,
  exponent: Uint8Array,
): Uint8Array {
  const indexByte = typeof index === 'number' ? Uint8Array.of(index) : index;
  const digest = createHash('sha1').update(rid).update(indexByte).update(modulus).update(exponent).digest();
  return new Uint8Array(digest);
}
