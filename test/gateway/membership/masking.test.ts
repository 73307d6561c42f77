import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskPrivateData } from '../../../src/gateway/membership/privacy/index.js';

it('shows the ends of numbers and the district of an address', () => {
  const shown = maskPrivateData({
    identityType: 'resident-identity-card',
    identityNumber: '33020319800101001X',
    mobile: '13800574321',
    address: '浙江省宁波市江东区中山东路1号',
  });
  expect(shown).toEqual({
    identityType: 'resident-identity-card',
    identityNumber: '3302**********001X',
    mobile: '138****4321',
    address: '浙江省宁波市江东区***',
  });
  expect(maskPrivateData({ address: '某处' })).toEqual({ address: '***' });
  expect(maskPrivateData({ identityNumber: 'E12345' })).toEqual({ identityNumber: '*****5' });
});

it('hides at least four characters of whatever stands there, and never shows an address whole', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 5, maxLength: 40, unit: 'grapheme' }), (text) => {
      const {
        identityNumber = '',
        mobile = '',
        address = '',
      } = maskPrivateData({
        identityNumber: text,
        mobile: text,
        address: text,
      });
      for (const masked of [identityNumber, mobile]) {
        expect([...masked].filter((each, index) => each !== [...text][index]).length + starsOf(text)).toBeGreaterThan(
          3,
        );
      }
      expect(address.slice(0, -3).length).toBeLessThan(text.length);
    }),
    { numRuns: 200 },
  );
});

const starsOf = (text: string): number => [...text].filter((each) => each === '*').length;
