import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRsaPublicKey, fromHex, UNIONPAY_RID, wellKnownKeys } from '../../../emv/index.js';

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
