import { AES_BLOCK_LENGTH } from './aes.js';
import { aesCmac } from './aes-cmac.js';
import { BLOCK_LENGTH, encryptBlocks } from './block-cipher.js';

/** `3des`: zeros enciphered, 3 bytes; `sm4`: the same, 3 bytes; `aes`: CMAC over a block of zeros, 5 bytes. */
export type CheckedKeyAlgorithm = '3des' | 'sm4' | 'aes';

/**
 * The check value that tells whether two parties hold the same key without showing it: 3DES as every scheme does (JR/T
 * 0025.10-2013 6, ANSI X9.24-1 annex C), AES by CMAC (ANSI X9.24-1 annex C). The document for SM4 is not public; the
 * field does as for 3DES. Throws `CryptogramError`.
 *
 * @example toHex(keyCheckValue('3des', fromHex('0123456789ABCDEFFEDCBA9876543210')))  // '08D7B4'
 */
export function keyCheckValue(algorithm: CheckedKeyAlgorithm, key: Uint8Array): Uint8Array {
  if (algorithm === 'aes') return aesCmac(key, new Uint8Array(AES_BLOCK_LENGTH)).slice(0, 5);
  return encryptBlocks(algorithm, key, new Uint8Array(BLOCK_LENGTH[algorithm])).slice(0, 3);
}
