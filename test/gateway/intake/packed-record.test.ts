import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packRecord, unpackRecord } from '../../../src/gateway/intake/packed-record.js';
import { createRecordSeal } from '../../../src/gateway/intake/record-seal.js';
import { canonicalJson, canonicalRecord } from '../../../src/tap/index.js';
import { metroRide } from './intake-fixture.js';

const hex = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());
const word = fc.constantFrom('records', 'bytes', 'at', '9F4B', '82', '9F', 'bus', '\\', '"bus', '\u0002');
const value = fc.oneof(hex, word, fc.string({ unit: 'binary' }), fc.integer());

it('gives back every text, whatever stands beside the hex', () => {
  const texts = fc.oneof(fc.array(value), fc.dictionary(fc.oneof(word, hex, fc.string()), value));
  fc.assert(
    fc.property(texts, (values) => {
      const text = canonicalJson(values);
      expect(unpackRecord(packRecord(text))).toBe(text);
    }),
    { numRuns: 100 },
  );
});

it('packs a long value once that stands in what follows as well', () => {
  const signature = 'A1'.repeat(144);
  const text = canonicalJson({ data: { '9F4B': signature }, records: [`7081949F4B8190${signature}FF`, signature] });
  const packed = packRecord(text);
  expect(unpackRecord(packed)).toBe(text);
  expect(packed.length).toBeLessThan(2 * 144 + 40);
});

it('takes less than half of the bytes of a record', async () => {
  const [entry] = await metroRide();
  const text = canonicalRecord(entry);
  expect(packRecord(text).length).toBeLessThan(text.length * 0.45);
});

it('holds lengths beyond a byte, and leaves those beyond two as they are', () => {
  const text = canonicalJson({ '9F': 'AB'.repeat(300), FF: 'CD'.repeat(70_000), '82': '' });
  expect(unpackRecord(packRecord(text))).toBe(text);
});

/** As records were packed before: hex behind a mark and its length. */
function packedBefore(text: string): Buffer {
  const parts = text.split(/"((?:[0-9A-F]{2}){3,})"/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part);
      const head = Buffer.alloc(4, 1);
      head.writeUIntBE(part.length / 2, 1, 3);
      return Buffer.concat([head, Buffer.from(part, 'hex')]);
    }),
  );
}

it.each([
  ['as text', '', (text: string) => Buffer.from(text)],
  ['with its hex packed', 'packed', packedBefore],
])('opens what was sealed %s before, and seals it anew under a later key', (_, form, formed) => {
  const secret = Buffer.alloc(32, 7);
  const text = canonicalJson({ bytes: 'AB'.repeat(300), data: { '9F36': '0001', '9F37': '01020304' } });
  const hash = createHash('sha256').update(text).digest();
  const key = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), 'yongtap tap record', 32));
  const own = createHmac('sha256', key).update(hash).update(`tap_1${form}`).digest();
  const cipher = createCipheriv('aes-256-gcm', own, Buffer.alloc(12));
  const bytes = Buffer.concat([cipher.update(formed(text)), cipher.final()]);
  const old = Buffer.concat([hash, cipher.getAuthTag(), bytes]);
  expect(createRecordSeal(secret).open(['tap_1'], old)).toEqual(JSON.parse(text));
  const later = createRecordSeal(secret, [Buffer.alloc(32, 8)]);
  const resealed = later.reseal(['tap_1'], old)!;
  expect(resealed.length).toBeLessThan(old.length);
  expect(later.open(['tap_1'], resealed)).toEqual(JSON.parse(text));
});
