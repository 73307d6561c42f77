import { constants, createPublicKey, publicDecrypt } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRsaPublicKey, fromHex, toHex, UNIONPAY_RID, wellKnownKeys } from '../../../emv/index.js';

const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  for (let factor = base, left = exponent; left > 0n; left >>= 1n, factor = (factor * factor) % modulus) {
    if (left & 1n) result = (result * factor) % modulus;
  }
  return result;
};

const keys = wellKnownKeys({ rid: UNIONPAY_RID }).filter((key) => key.modulus !== undefined);

test('recovery is exponentiation by the modulus, at every size, leading zeros kept', () => {
  for (const key of keys) {
    const [modulus, exponent] = [fromHex(key.modulus!), fromHex(key.exponent!)];
    fc.assert(
      fc.property(fc.uint8Array({ minLength: modulus.length, maxLength: modulus.length }), (input) => {
        input[0] = input[0]! % modulus[0]!;
        const recovered = createRsaPublicKey(modulus, exponent)!.recover(input)!;
        expect(recovered).toHaveLength(modulus.length);
        expect(toNumber(recovered)).toBe(power(toNumber(input), toNumber(exponent), toNumber(modulus)));
      }),
      { numRuns: 10 },
    );
  }
});

test('OpenSSL recovers the same, with either exponent', () => {
  const lengths = fc.integer({ min: 64, max: 248 });
  const numbers = lengths.chain((length) => {
    const bytes = fc.uint8Array({ minLength: length, maxLength: length });
    return fc.tuple(bytes, bytes);
  });
  fc.assert(
    fc.property(numbers, fc.constantFrom('03', '010001'), ([modulus, input], exponent) => {
      modulus[0]! |= 0x80;
      modulus[modulus.length - 1]! |= 0x01;
      input[0]! &= 0x7f;
      const [n, e] = [modulus, fromHex(exponent)].map((bytes) => Buffer.from(bytes).toString('base64url'));
      const key = createPublicKey({ key: { kty: 'RSA', n: n!, e: e! }, format: 'jwk' });
      const expected = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, input);
      expect(toHex(createRsaPublicKey(modulus, fromHex(exponent))!.recover(input)!)).toBe(toHex(expected));
    }),
    { numRuns: 60 },
  );
});

const modulus = fromHex(keys[0]!.modulus!);
const three = Uint8Array.of(3);

test('an input that is shorter, longer or above the modulus opens to nothing', () => {
  const key = createRsaPublicKey(modulus, three)!;
  expect(key.recover(modulus.subarray(1))).toBeUndefined();
  expect(key.recover(new Uint8Array(modulus.length + 1))).toBeUndefined();
  expect(key.recover(new Uint8Array(modulus.length).fill(0xff))).toBeUndefined();
  expect(key.recover(new Uint8Array(0))).toBeUndefined();
});

test('numbers that are no key are refused, not tried', () => {
  for (const exponent of ['', '00', '01', '02', '05', '0100000001', 'FFFFFFFF']) {
    expect(createRsaPublicKey(modulus, fromHex(exponent))).toBeUndefined();
  }
  expect(createRsaPublicKey(modulus, fromHex('000003'))).toBeDefined();
  expect(createRsaPublicKey(new Uint8Array(0), three)).toBeUndefined();
  expect(createRsaPublicKey(Uint8Array.of(0, 5), three)).toBeUndefined();
});
