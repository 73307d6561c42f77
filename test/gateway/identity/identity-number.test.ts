import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  documentTypeOf,
  hasRightIdentityCheckDigit,
  identityCheckDigit,
  normalIdentityNumber,
  normalMobile,
  personTokens,
} from '../../../src/gateway/identity/index.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

it('knows the examples of GB 11643-1999', () => {
  expect(hasRightIdentityCheckDigit('11010519491231002X')).toBe(true);
  expect(hasRightIdentityCheckDigit('440524188001010014')).toBe(true);
});

it('notices every wrong digit and every two neighbours that changed places', () => {
  fc.assert(
    fc.property(digits(17), fc.nat(17), fc.integer({ min: 1, max: 10 }), (first, place, more) => {
      const right = first + identityCheckDigit(first);
      const characters = place === 17 ? '0123456789X' : '0123456789';
      const other = characters[(characters.indexOf(right[place]!) + more) % characters.length]!;
      const wrong = right.slice(0, place) + other + right.slice(place + 1);
      expect(hasRightIdentityCheckDigit(wrong)).toBe(wrong === right);
      const swapped =
        right.slice(0, place) +
        right
          .slice(place, place + 2)
          .split('')
          .reverse()
          .join('');
      const all = swapped + right.slice(place + 2);
      expect(hasRightIdentityCheckDigit(all)).toBe(all === right);
    }),
  );
});

it('takes a number for the same however it is written, and 15 digits for their 18', () => {
  const { identity } = personTokens(new Uint8Array(32));
  const wide = (text: string) => text.replace(/[0-9X]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
  fc.assert(
    fc.property(digits(6), digits(9), (region, rest) => {
      const number = normalIdentityNumber(region + rest);
      expect(number.slice(0, 17)).toBe(`${region}19${rest}`);
      expect(hasRightIdentityCheckDigit(number)).toBe(true);
      const forms = [number, number.toLowerCase(), wide(number), ` ${region} ${number.slice(6)}\u00a0`, region + rest];
      for (const identityNumber of forms) {
        for (const identityType of [undefined, '身份证', '居民身份证', 'identity-card', 'whatever']) {
          expect(identity({ identityType, identityNumber })).toBe(identity({ identityNumber: number }));
        }
      }
    }),
    { numRuns: 20 },
  );
  const asPassport = identity({ identityType: '护照', identityNumber: 'E12345678' });
  expect(identity({ identityType: 'Passport', identityNumber: 'e 1234-5678' })).toBe(asPassport);
  expect(identity({ identityType: '台胞证', identityNumber: 'E12345678' })).not.toBe(asPassport);
  expect(personTokens(new Uint8Array(32).fill(1)).identity({ identityNumber: '1' })).not.toBe(
    identity({ identityNumber: '1' }),
  );
});

it('takes mobile numbers for the same with and without the country and blanks', () => {
  for (const written of [
    '+86 139 0574 0001',
    '0086-13905740001',
    '１３９０５７４０００１',
    '8613905740001',
    '(86)139 05740001',
  ]) {
    expect(normalMobile(written)).toBe('13905740001');
  }
  expect(normalMobile('+44 7700 900123')).toBe('+447700900123');
});

it('knows documents by their names in both languages', () => {
  expect(documentTypeOf('第二代居民身份证')).toBe('identity-card');
  expect(documentTypeOf(' ID card ')).toBe('identity-card');
  expect(documentTypeOf('台湾居民来往大陆通行证（台胞证）')).toBe('taiwan-permit');
  expect(documentTypeOf('驾驶证')).toBeUndefined();
});
