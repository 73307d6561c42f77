import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  concat,
  decodeBinary,
  decodeNumeric,
  encodeNumeric,
  equalBytes,
  fromAscii,
  fromHex,
  HexError,
  toAscii,
  toHex,
  tryFromHex,
  zeros,
} from '../../emv/index.js';

const bytes = fc.uint8Array({ maxLength: 64 });

test('hex, in either case, and text come back as they were', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(toHex(value)).toBe(Buffer.from(value).toString('hex').toUpperCase());
      expect(fromHex(toHex(value))).toEqual(value);
      expect(tryFromHex(toHex(value))).toEqual(value);
      expect(fromHex(toHex(value).toLowerCase())).toEqual(value);
      expect(fromAscii(toAscii(value))).toEqual(value);
    }),
  );
  expect(toAscii(new Uint8Array(300_000))).toHaveLength(300_000);
});

test.each([
  ['0', 'hex-odd-length', 1],
  ['9F3', 'hex-odd-length', 3],
  ['9F 36', 'hex-invalid-character', 2],
  ['0x9F', 'hex-invalid-character', 1],
  ['9FG', 'hex-invalid-character', 2],
  ['９F', 'hex-invalid-character', 0],
  ['9F3\u0130', 'hex-invalid-character', 3],
  [`${'9F'.repeat(40)}3\u0130`, 'hex-invalid-character', 81],
])('"%s" is no hex: %s at %i', (text, code, offset) => {
  expect(() => fromHex(text)).toThrow(expect.objectContaining({ code, offset }));
  expect(() => fromHex(text)).toThrow(HexError);
  expect(tryFromHex(text)).toBeUndefined();
});

test('parts are joined in a copy', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
      expect(concat(...parts)).toEqual(Uint8Array.from(parts.flatMap((part) => [...part])));
    }),
  );
  const part = Uint8Array.of(1);
  const joined = concat(part);
  part[0] = 2;
  expect(joined).toEqual(Uint8Array.of(1));
});

test('bytes are equal when all of them are, and no more', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(equalBytes(one, Uint8Array.from(one))).toBe(true);
      expect(equalBytes(one, other)).toBe(toHex(one) === toHex(other));
      expect(equalBytes(one, concat(one, Uint8Array.of(0)))).toBe(false);
    }),
  );
});

describe('format n', () => {
  it('keeps every number that fits', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(decodeNumeric(encodeNumeric(value, 8))).toBe(value);
      }),
    );
    expect(toHex(encodeNumeric(200, 6))).toBe('000000000200');
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('has no %d', (value) => {
    expect(() => encodeNumeric(value, 8)).toThrow(RangeError);
  });

  it('refuses what does not fit, and reads decimal digits only', () => {
    expect(() => encodeNumeric(100, 1)).toThrow(RangeError);
    expect(decodeNumeric(fromHex('1A'))).toBeUndefined();
    expect(decodeNumeric(fromHex(''))).toBeUndefined();
    expect(decodeNumeric(fromHex('0099'))).toBe(99);
  });
});

test('binary numbers have their highest byte first', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (value) => {
      expect(decodeBinary(value)).toBe(Number.parseInt(toHex(value), 16));
    }),
  );
  expect(decodeBinary(new Uint8Array())).toBe(0);
});

it('arrays of zeros have nothing in common, whatever memory they share', () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 40 });
  fc.assert(
    fc.property(lengths, (all) => {
      const arrays = all.map((length, index) => {
        const array = zeros(length);
        expect(array.length === length && array.every((byte) => byte === 0)).toBe(true);
        return array.fill(1 + index);
      });
      for (const [index, array] of arrays.entries()) expect(array.every((byte) => byte === 1 + index)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
