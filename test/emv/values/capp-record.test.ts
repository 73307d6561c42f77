import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCappRecord, fromHex, readCappRecord, toHex, ValueError } from '../../../emv/index.js';

const refusal = (bytes: Uint8Array) => {
  try {
    readCappRecord(bytes);
  } catch (error) {
    if (error instanceof ValueError) return { code: error.code, offset: error.offset };
    throw error;
  }
  return 'accepted';
};

const record = fc.record({
  identifier: fc.integer({ min: 0, max: 0xffff }),
  valid: fc.boolean(),
  kind: fc.integer({ min: 0, max: 0xff }),
  locked: fc.boolean(),
  data: fc.uint8Array({ maxLength: 246 }),
});

describe('a record of a CAPP file', () => {
  it('is identifier, length of the rest, valid, kind, locked, data', () => {
    expect(readCappRecord(fromHex('315006010200AABBCC'))).toEqual({
      identifier: 0x3150,
      valid: true,
      kind: 2,
      locked: false,
      data: fromHex('AABBCC'),
    });
    expect(toHex(encodeCappRecord({ identifier: 1, valid: false, kind: 1, locked: true, data: fromHex('FF') }))).toBe(
      '000104000101FF',
    );
  });

  it.each([
    ['', 0],
    ['3150030101', 5],
    ['315004010100', 2],
    ['315003010100AA', 2],
    ['315003020100', 3],
    ['3150030101FF', 5],
  ])('refuses %s at byte %i', (hex, offset) => {
    expect(refusal(fromHex(hex))).toEqual({ code: 'capp-record-invalid', offset });
  });

  it('refuses more than an answer can carry beside a MAC', () => {
    const bytes = new Uint8Array(253);
    bytes[2] = 250;
    expect(refusal(bytes)).toEqual({ code: 'capp-record-invalid', offset: 252 });
  });

  it('comes back as it was encoded', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(readCappRecord(encodeCappRecord(value))).toEqual(value);
      }),
    );
  });

  it('is refused, or encodes to the bytes that were read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 260 }), fc.boolean(), (bytes, repaired) => {
        if (repaired && bytes.length > 5) bytes.set([bytes.length - 3, bytes[3]! & 1, bytes[4]!, bytes[5]! & 1], 2);
        if (refusal(bytes) === 'accepted') expect(encodeCappRecord(readCappRecord(bytes))).toEqual(bytes);
        else expect(refusal(bytes)).toMatchObject({ code: 'capp-record-invalid' });
      }),
    );
  });

  it.each([
    { identifier: 0x10000 },
    { identifier: -1 },
    { identifier: 0.5 },
    { kind: 256 },
    { data: new Uint8Array(247) },
  ])('does not encode %o', (wrong) => {
    const right = { identifier: 1, valid: true, kind: 1, locked: false, data: new Uint8Array() };
    expect(() => encodeCappRecord({ ...right, ...wrong })).toThrow(RangeError);
  });
});
