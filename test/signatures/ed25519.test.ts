import { expect, it } from 'vitest';
import { isSignatureOf, signingKeyOf } from '../../src/signatures/ed25519.js';

/** RFC 8032 §7.1, test 2. */
const SEED = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
const PUBLIC_KEY = Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex');
const MESSAGE = Uint8Array.of(0x72);
const SIGNATURE = Buffer.from(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  'hex',
);

it('signs as RFC 8032 shows, and knows such a signature', () => {
  const key = signingKeyOf(SEED);
  expect(key.publicKey).toEqual(PUBLIC_KEY);
  expect(key.sign(MESSAGE)).toEqual(SIGNATURE);
  expect(isSignatureOf(PUBLIC_KEY, MESSAGE, SIGNATURE)).toBe(true);
});

it('takes nothing else for one', () => {
  expect(isSignatureOf(PUBLIC_KEY, Uint8Array.of(0x73), SIGNATURE)).toBe(false);
  expect(isSignatureOf(PUBLIC_KEY, MESSAGE, SIGNATURE.subarray(1))).toBe(false);
  expect(isSignatureOf(PUBLIC_KEY.subarray(1), MESSAGE, SIGNATURE)).toBe(false);
  expect(isSignatureOf(new Uint8Array(32).fill(0xff), MESSAGE, SIGNATURE)).toBe(false);
});
