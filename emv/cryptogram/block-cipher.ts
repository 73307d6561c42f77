import { type Cipher, createCipheriv, createDecipheriv } from 'node:crypto';
import { requireLength, requireWholeBlocks } from './cryptogram-error.js';
import { DesBlock, desKey } from './des.js';

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
  return blockEncryption(algorithm, key)(data);
}

/** The same with a key that is used time and again: making it ready costs more than the blocks do. */
export function blockEncryption(algorithm: SymmetricAlgorithm, key: Uint8Array): (data: Uint8Array) => Uint8Array {
  requireLength('key', key, KEY_LENGTH);
  if (algorithm === '3des') return tripleDes(key);
  const cipher = createCipheriv(cipherNames[algorithm].ecb, key, null);
  return (data) => encrypt(cipher, algorithm, data);
}

/** Few blocks are quicker done here than handed to OpenSSL (docs/decisions/0053-des-without-openssl.md). */
function tripleDes(key: Uint8Array): (data: Uint8Array) => Uint8Array {
  const [left, right] = [desKey(key, 0), desKey(key, 8)];
  return (data) => {
    requireBlocks('3des', data);
    const encrypted = new Uint8Array(data.length);
    const block = new DesBlock();
    for (let offset = 0; offset < data.length; offset += BLOCK_LENGTH['3des']) {
      block.add(data, offset);
      block.encrypt(left);
      block.decrypt(right);
      block.encrypt(left);
      block.take(encrypted, offset);
    }
    return encrypted;
  };
}

/** Whole blocks in CBC, without padding; the initial value is zeros unless given. Throws `CryptogramError`. */
export function encryptChain(
  algorithm: SymmetricAlgorithm,
  key: Uint8Array,
  data: Uint8Array,
  initialValue: Uint8Array = new Uint8Array(BLOCK_LENGTH[algorithm]),
): Uint8Array {
  requireLength('key', key, KEY_LENGTH);
  requireLength('initialValue', initialValue, BLOCK_LENGTH[algorithm]);
  return encrypt(createCipheriv(cipherNames[algorithm].cbc, key, initialValue), algorithm, data);
}

/** The whole blocks that {@link encryptBlocks} was handed. Throws `CryptogramError`. */
export function decryptBlocks(algorithm: SymmetricAlgorithm, key: Uint8Array, data: Uint8Array): Uint8Array {
  requireLength('key', key, KEY_LENGTH);
  requireBlocks(algorithm, data);
  const decipher = createDecipheriv(cipherNames[algorithm].ecb, key, null).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
}

/** Whole blocks come out of `update` at once; padding would only come out of `final`. */
function encrypt(cipher: Cipher, algorithm: SymmetricAlgorithm, data: Uint8Array): Uint8Array {
  requireBlocks(algorithm, data);
  return new Uint8Array(cipher.update(data));
}

function requireBlocks(algorithm: SymmetricAlgorithm, data: Uint8Array): void {
  requireWholeBlocks('data', data, BLOCK_LENGTH[algorithm]);
}

export const xor = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  left.map((byte, index) => byte ^ (right[index] ?? 0));
