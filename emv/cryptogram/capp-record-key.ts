import { decryptBlocks, encryptBlocks, type SymmetricAlgorithm } from './block-cipher.js';
import { requireLength } from './cryptogram-error.js';

const KEY_LENGTH = 16;

/**
 * The first 16 bytes of APPEND RECORD's data: a record's management key under the file's opening key, in ECB. The
 * length of 16 that the text gives leaves no room for a length byte or padding (JR/T 0025.14-2013 A.3.2). Throws
 * `CryptogramError`.
 */
export function encryptCappRecordKey(
  algorithm: SymmetricAlgorithm,
  openingKey: Uint8Array,
  managementKey: Uint8Array,
): Uint8Array {
  requireLength('managementKey', managementKey, KEY_LENGTH);
  return encryptBlocks(algorithm, openingKey, managementKey);
}

/** The management key out of the first 16 bytes of APPEND RECORD's data. Throws `CryptogramError`. */
export function decryptCappRecordKey(
  algorithm: SymmetricAlgorithm,
  openingKey: Uint8Array,
  keyBlock: Uint8Array,
): Uint8Array {
  requireLength('data', keyBlock, KEY_LENGTH);
  return decryptBlocks(algorithm, openingKey, keyBlock);
}
