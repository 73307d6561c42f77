import { hash } from 'node:crypto';

const BLOCK_LENGTH = 64;
const HASH_LENGTH = 32;

/**
 * HMAC-SHA-256 (RFC 2104) under one key of at most 64 bytes: as two plain hashes it takes two thirds of the time of
 * Node.js' own, which makes an object for each.
 */
export function createHmacSha256(key: Uint8Array): (...parts: readonly Uint8Array[]) => Buffer {
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = Buffer.alloc(BLOCK_LENGTH, pad);
    for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
    return block;
  }) as [Buffer, Buffer];
  const last = Buffer.concat([outer, Buffer.alloc(HASH_LENGTH)]);
  return (...parts) => {
    last.set(hash('sha256', Buffer.concat([inner, ...parts]), 'buffer'), BLOCK_LENGTH);
    return hash('sha256', last, 'buffer');
  };
}
