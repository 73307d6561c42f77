import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkDigitOf,
  decodeCompressedNumeric,
  fromHex,
  hasRightCheckDigit,
  maskDigits,
  panOfTrack2,
} from '../../emv/index.js';

test('a mask shows six and four digits, and nothing of a number too short to hide', () => {
  expect(maskDigits('6228000100001117')).toBe('622800******1117');
  expect(maskDigits('622800012')).toBe('*********');
  expect(maskDigits('')).toBe('');
});

test.each([
  ['7992739871', 3],
  ['411111111111111', 1],
  ['622848040256489001', 8],
  ['', 0],
])('behind %s belongs %i', (digits, digit) => {
  expect(checkDigitOf(digits)).toBe(digit);
  if (digits === '') return;
  expect(hasRightCheckDigit(`${digits}${digit}`)).toBe(true);
  expect(hasRightCheckDigit(`${digits}${(digit + 1) % 10}`)).toBe(false);
});

test('one wrong digit is always found', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 18 });
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, step) => {
      const number = [...body, checkDigitOf(body.join(''))];
      expect(hasRightCheckDigit(number.join(''))).toBe(true);
      const place = at % number.length;
      number[place] = (number[place]! + step) % 10;
      expect(hasRightCheckDigit(number.join(''))).toBe(false);
    }),
  );
});

test('digits stand before the filling of format cn, and before the separator of track 2', () => {
  expect(decodeCompressedNumeric(fromHex('6228480402564890018F'))).toBe('6228480402564890018');
  expect(decodeCompressedNumeric(fromHex('62F8'))).toBeUndefined();
  expect(decodeCompressedNumeric(fromHex('FFFF'))).toBeUndefined();
  expect(decodeCompressedNumeric(new Uint8Array())).toBeUndefined();
  expect(panOfTrack2(fromHex('6228000100001117D25122010000000F'))).toBe('6228000100001117');
  expect(panOfTrack2(fromHex('6228000100001117'))).toBe('6228000100001117');
  expect(panOfTrack2(fromHex('62A8D251'))).toBeUndefined();
  expect(panOfTrack2(new Uint8Array())).toBeUndefined();
});
