import { createCipheriv, createDecipheriv } from 'node:crypto';
import { CryptogramError } from './cryptogram-error.js';

export const AES_BLOCK_LENGTH = 16;

/** Whole blocks in CBC from zeros, without padding. The key has 16, 24 or 32 bytes. Throws `CryptogramError`. */
export const encipherAes = (key: Uint8Array, blocks: Uint8Array): Uint8Array => run(createCipheriv, key, blocks);

/** The blocks that {@link encipherAes} was handed. Throws `CryptogramError`. */
export const decipherAes = (key: Uint8Array, blocks: Uint8Array): Uint8Array => run(createDecipheriv, key, blocks);

function run(create: typeof createCipheriv | typeof createDecipheriv, key: Uint8Array, blocks: Uint8Array): Uint8Array {
  if (![16, 24, 32].includes(key.length))
    throw new CryptogramError('key-length', 'key', `${key.length} bytes, not 16, 24 or 32`);
  const cipher = create(`aes-${8 * key.length}-cbc`, key, new Uint8Array(AES_BLOCK_LENGTH)).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(blocks), cipher.final()]));
}
