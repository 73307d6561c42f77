import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base32, matchingStep, otpauthUri, totpCode, totpStep } from '../../../src/gateway/people/totp.js';

const SECRET = Buffer.from('12345678901234567890');

it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('gives the code of RFC 6238, appendix B, at %d seconds', (seconds, code) => {
  expect(totpCode(SECRET, totpStep(seconds * 1000), 8)).toBe(code);
});

it('takes a code within one step of its own, and tells which step it was', () => {
  fc.assert(
    fc.property(fc.nat(4_000_000_000), fc.integer({ min: -3, max: 3 }), (seconds, steps) => {
      const step = totpStep(seconds * 1000);
      fc.pre(step + steps >= 0);
      const found = matchingStep(SECRET, totpCode(SECRET, step + steps), seconds * 1000);
      if (Math.abs(steps) <= 1) expect(found).toBe(step + steps);
    }),
  );
  expect(matchingStep(SECRET, '', 59_000)).toBeUndefined();
  expect(matchingStep(SECRET, `${totpCode(SECRET, 1)}0`, 59_000)).toBeUndefined();
});

it('writes secrets as authenticators read them', () => {
  expect(base32(SECRET)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  const uri = new URL(otpauthUri(SECRET, { issuer: 'Yongtap', name: '张三@h-012' }));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('Yongtap:张三@h-012');
  expect(uri.searchParams.get('secret')).toBe(base32(SECRET));
});
