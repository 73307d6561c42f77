import { createCipheriv } from 'node:crypto';
import { encryptBlocks } from './block-cipher.js';
import { CryptogramError } from './cryptogram-error.js';

/** `3des`: zeros enciphered, 3 bytes; `sm4`: the same, 3 bytes; `aes`: CMAC over a block of zeros, 5 bytes. */
export type CheckedKeyAlgorithm = '3des' | 'sm4' | 'aes';

const AES_BLOCK_LENGTH = 16;
/** x^128 + x^7 + x^2 + x + 1, without its highest power (NIST SP 800-38B §5.3). */
const REDUCTION = 0x87;

/**
 * The check value that tells whether two parties hold the same key without showing it: 3DES as every scheme does (JR/T
 * 0025.10-2013 6, ANSI X9.24-1 annex C), AES by CMAC (ANSI X9.24-1 annex C). The document for SM4 is not public; the
 * field does as for 3DES. Throws `CryptogramError`.
 *
 * @example toHex(keyCheckValue('3des', fromHex('0123456789ABCDEFFEDCBA9876543210')))  // '08D7B4'
 */
export function keyCheckValue(algorithm: CheckedKeyAlgorithm, key: Uint8Array): Uint8Array {
  if (algorithm === 'aes') return aesCmac(key, new Uint8Array(AES_BLOCK_LENGTH)).slice(0, 5);
  return encryptBlocks(algorithm, key, new Uint8Array(algorithm === '3des' ? 8 : 16)).slice(0, 3);
}

/** CMAC with AES (NIST SP 800-38B, RFC 4493), 16 bytes. The key has 16, 24 or 32 bytes. Throws `CryptogramError`. */
export function aesCmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  if (![16, 24, 32].includes(key.length)) throw new CryptogramError('key-length', 'key');
  const isFull = data.length > 0 && data.length % AES_BLOCK_LENGTH === 0;
  const blocks = new Uint8Array(Math.max(1, Math.ceil(data.length / AES_BLOCK_LENGTH)) * AES_BLOCK_LENGTH);
  blocks.set(data);
  if (!isFull) blocks[data.length] = 0x80;
  const single = doubled(aesChain(key, new Uint8Array(AES_BLOCK_LENGTH)));
  const subkey = isFull ? single : doubled(single);
  const last = blocks.subarray(-AES_BLOCK_LENGTH);
  subkey.forEach((byte, index) => {
    last[index] = last[index]! ^ byte;
  });
  return aesChain(key, blocks).slice(-AES_BLOCK_LENGTH);
}

function aesChain(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`aes-${8 * key.length}-cbc`, key, new Uint8Array(AES_BLOCK_LENGTH));
  return new Uint8Array(cipher.setAutoPadding(false).update(blocks));
}

/** Times x in the field of 2^128. */
function doubled(block: Uint8Array): Uint8Array {
  const shifted = block.map((byte, index) => (byte << 1) | ((block[index + 1] ?? 0) >> 7));
  if ((block[0]! & 0x80) !== 0) shifted[AES_BLOCK_LENGTH - 1]! ^= REDUCTION;
  return shifted;
}
