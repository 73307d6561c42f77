import { createCipheriv, createDecipheriv } from 'node:crypto';
import { requireLength } from './cryptogram-error.js';

/** Symmetric algorithms of PBOC 3.0 (JR/T 0025.17-2013 annex A; 9F10 byte 8: 01 3DES, 04 SM4). */
export type SymmetricAlgorithm = '3des' | 'sm4';

/** Bytes of a block. */
export const BLOCK_LENGTH: Readonly<Record<SymmetricAlgorithm, number>> = { '3des': 8, sm4: 16 };

const KEY_LENGTH = 16;
const cipherNames = {
  '3des': { ecb: 'des-ede', cbc: 'des-ede-cbc' },
  sm4: { ecb: 'sm4-ecb', cbc: 'sm4-cbc' },
} as const;

/** Whole blocks in ECB, without padding. The key has 16 bytes (3DES: two keys). Throws `CryptogramError`. */
export function encryptBlocks(algorithm: SymmetricAlgorithm, key: Uint8Array, data: Uint8Array): Uint8Array {
  return encrypt(algorithm, cipherNames[algorithm].ecb, key, null, data);
}

/** Whole blocks in CBC, without padding; the initial value is zeros unless given. Throws `CryptogramError`. */
export function encryptChain(
  algorithm: SymmetricAlgorithm,
  key: Uint8Array,
  data: Uint8Array,
  initialValue: Uint8Array = new Uint8Array(BLOCK_LENGTH[algorithm]),
): Uint8Array {
  requireLength('initialValue', initialValue, BLOCK_LENGTH[algorithm]);
  return encrypt(algorithm, cipherNames[algorithm].cbc, key, initialValue, data);
}

/** The whole blocks that {@link encryptBlocks} was handed. Throws `CryptogramError`. */
export function decryptBlocks(algorithm: SymmetricAlgorithm, key: Uint8Array, data: Uint8Array): Uint8Array {
  requireBlocks(algorithm, key, data);
  const decipher = createDecipheriv(cipherNames[algorithm].ecb, key, null).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
}

function encrypt(
  algorithm: SymmetricAlgorithm,
  name: string,
  key: Uint8Array,
  initialValue: Uint8Array | null,
  data: Uint8Array,
): Uint8Array {
  requireBlocks(algorithm, key, data);
  const cipher = createCipheriv(name, key, initialValue).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
}

function requireBlocks(algorithm: SymmetricAlgorithm, key: Uint8Array, data: Uint8Array): void {
  requireLength('key', key, KEY_LENGTH);
  requireLength('data', data, data.length - (data.length % BLOCK_LENGTH[algorithm]));
}

export const xor = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  left.map((byte, index) => byte ^ (right[index] ?? 0));
