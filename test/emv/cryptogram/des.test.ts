import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../emv/bytes.js';
import { DesBlock, desKey } from '../../../emv/cryptogram/des.js';

/** OpenSSL's: 3DES under twice the same key is DES. */
function opensslDes(key: Uint8Array, block: Uint8Array): string {
  const cipher = createCipheriv('des-ede', Buffer.concat([key, key]), null);
  return toHex(cipher.update(block));
}

const run = (block: Uint8Array, step: (half: DesBlock) => void): Uint8Array => {
  const half = new DesBlock();
  half.add(block, 0);
  step(half);
  const bytes = new Uint8Array(8);
  half.take(bytes, 0);
  return bytes;
};

const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });

test('the same as OpenSSL’s, and back again, whatever key and block', () => {
  fc.assert(
    fc.property(eight, eight, (key, block) => {
      const encrypted = run(block, (half) => half.encrypt(desKey(key, 0)));
      expect(toHex(encrypted)).toBe(opensslDes(key, block));
      expect(run(encrypted, (half) => half.decrypt(desKey(key, 0)))).toEqual(block);
    }),
    { numRuns: 300 },
  );
});

test('each bit of key and block counts, but the parity of the key', () => {
  for (let bit = 0; bit < 64; bit++) {
    const one = new Uint8Array(8);
    one[bit >> 3] = 0x80 >> (bit & 7);
    const zeros = new Uint8Array(8);
    for (const [key, block] of [
      [one, zeros],
      [zeros, one],
    ] as const) {
      expect(toHex(run(block, (half) => half.encrypt(desKey(key, 0))))).toBe(opensslDes(key, block));
    }
  }
});

test('the example that is told everywhere', () => {
  const key = desKey(fromHex('133457799BBCDFF1'), 0);
  expect(toHex(run(fromHex('0123456789ABCDEF'), (half) => half.encrypt(key)))).toBe('85E813540F0AB405');
});

test('blocks are chained where they are added, and a block is empty once it was taken', () => {
  const half = new DesBlock();
  half.add(fromHex('0123456789ABCDEF'), 0);
  half.add(fromHex('00FFFF0123456789ABCDEF'), 3);
  const bytes = new Uint8Array(8).fill(1);
  half.take(bytes, 0);
  expect(bytes).toEqual(new Uint8Array(8));
});
