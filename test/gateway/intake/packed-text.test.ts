import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packText, unpackText } from '../../../src/gateway/intake/packed-text.js';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { canonicalJson } from '../../../src/tap/index.js';

const hex = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());

it('gives back every text, whatever stands beside the hex', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(hex, fc.string({ unit: 'binary' }), fc.integer())), (values) => {
      const text = canonicalJson(values);
      expect(unpackText(packText(text))).toBe(text);
    }),
    { numRuns: 50 },
  );
});

it('takes about half of the bytes', () => {
  const text = canonicalJson({ bytes: 'AB'.repeat(300) });
  expect(packText(text).length).toBeLessThan(320);
});

it('holds bytes that look like the mark, and lengths beyond a byte', () => {
  const text = canonicalJson(['01'.repeat(70_000 / 2), '01000001'.repeat(8)]);
  expect(unpackText(packText(text))).toBe(text);
});

it('opens what was sealed as text before, and seals it packed under a later key', () => {
  const secret = Buffer.alloc(32, 7);
  const text = canonicalJson({ bytes: 'AB'.repeat(300) });
  const hash = createHash('sha256').update(text).digest();
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'yongtap tap record', 32));
  const own = createHmac('sha256', key).update(hash).update('tap_1').digest();
  const cipher = createCipheriv('aes-256-gcm', own, Buffer.alloc(12));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const old = Buffer.concat([hash, cipher.getAuthTag(), bytes]);
  expect(createRecordSeal(secret).open(['tap_1'], old)).toEqual(JSON.parse(text));
  const later = createRecordSeal(secret, [Buffer.alloc(32, 8)]);
  const resealed = later.reseal(['tap_1'], old)!;
  expect(resealed.length).toBeLessThan(old.length * 0.7);
  expect(later.open(['tap_1'], resealed)).toEqual(JSON.parse(text));
});
