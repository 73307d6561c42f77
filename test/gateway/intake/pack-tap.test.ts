import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTap } from '../../../src/gateway/intake/pack-tap.js';
import { packRecord } from '../../../src/gateway/intake/packed-record.js';
import { canonicalRecord, evidenceBytes, type TapRecord } from '../../../src/tap/index.js';
import { metroRide } from './intake-fixture.js';

const [entry] = await metroRide();

function packedTwice(evidence: TapRecord['evidence'], other: Partial<TapRecord> = {}): readonly [Buffer, Buffer] {
  const record = { ...entry, ...other, evidence };
  const text = canonicalRecord(record);
  return [packTap(text, record, evidenceBytes(evidence)), packRecord(text)];
}

const hex = (maxLength: number, minLength = 0) =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase());
const signature = hex(300, 60);
/** A name may look like hex, and like the field behind the evidence. */
const name = fc.oneof(
  hex(4, 1),
  fc.constantFrom('宁波', '","operator":"', '"evidence":', 'A0'),
  fc.string({ minLength: 1 }),
);

it('makes the bytes that the canonical text is packed to', () => {
  const evidence = fc.record({ aid: hex(9), data: fc.dictionary(fc.oneof(hex(3, 1), fc.constant('9F4')), hex(40)) });
  const records = fc.array(fc.oneof(hex(120), fc.constant('signature')), { maxLength: 4 });
  fc.assert(
    fc.property(evidence, signature, records, name, ({ aid, data }, signed, read, operator) => {
      const [own, fromText] = packedTwice(
        {
          applicationIdentifier: aid,
          data: { ...data, '9F4B': signed },
          records: read.map((bytes, index) => ({
            shortFileIdentifier: index + 1,
            recordNumber: 10 * index + 1,
            bytes: bytes === 'signature' ? `70${signed}00` : bytes,
          })),
        },
        { operator, place: { line: operator } },
      );
      expect(own).toEqual(fromText);
    }),
    { numRuns: 300 },
  );
});

it('makes the same of a tap as terminals tell it', () => {
  const [own, fromText] = packedTwice(entry.evidence);
  expect(own).toEqual(fromText);
});
