import { checkPrimeSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBigEndian } from '../../../simulator/numbers/big-endian.js';
import { generateRsaKey } from '../../../simulator/personalization/pki/generate-rsa-key.js';
import { factoredKey, openFactoredKey } from '../../../simulator/rsa/factored-key.js';
import { lengthenedKey } from '../../../simulator/rsa/lengthened-key.js';
import distancesByBits from '../../../simulator/rsa/lengthening-primes.json' with { type: 'json' };
import { lengthenedOperation, privateOperation } from '../../../simulator/rsa/private-operation.js';
import { RsaPrivateKey } from '../../../simulator/rsa/rsa-private-key.js';

test('primes that keys are lengthened by are primes, of their length, two for each, and no exponent divides one less', () => {
  for (const [bits, distances] of Object.entries(distancesByBits)) {
    const primes = distances.map((distance) => (1n << BigInt(bits)) - BigInt(distance));
    expect(new Set(primes).size).toBe(2);
    for (const prime of primes) {
      expect(checkPrimeSync(prime)).toBe(true);
      expect(prime.toString(2)).toHaveLength(Number(bits));
      expect([(prime - 1n) % 3n, (prime - 1n) % 65537n]).not.toContain(0n);
    }
  }
});

describe.each([
  [1280, 3],
  [1408, 3],
  [1536, 65537],
  [1984, 3],
  [1984, 65537],
] as const)('a key of %i bits with exponent %i, lengthened', (bits, exponent) => {
  const key = generateRsaKey('lengthened', bits, exponent);
  const operate = privateOperation(openFactoredKey(factoredKey(key)));
  const lengthened = lengthenedOperation(key)!;

  test('signs what OpenSSL signs with the key itself', () => {
    const property = fc.property(fc.bigInt({ min: 0n, max: key.modulus - 1n }), (number) => {
      const block = toBigEndian(number, bits / 8);
      expect(lengthened(block)).toEqual(operate(block));
    });
    fc.assert(property, { numRuns: 20 });
  });

  test('signs multiples of each of its primes too', () => {
    const longer = lengthenedKey(key)!;
    const primes = [...key.primes, longer.factors[0] / key.primes[0], longer.factors[1] / key.primes[1]];
    for (const prime of primes) {
      const block = toBigEndian((prime * 3n) % key.modulus, bits / 8);
      expect(lengthened(block)).toEqual(operate(block));
    }
  });

  test('has 2048 bits and two factors of 1024', () => {
    const { modulus, factors } = lengthenedKey(key)!;
    expect([modulus, ...factors].map((number) => number.toString(2).length)).toEqual([2048, 1024, 1024]);
  });
});

test('a key that is longer, or has primes of two lengths or another exponent, is signed with as it is', () => {
  expect(lengthenedKey(generateRsaKey('long', 2048, 3))).toBeUndefined();
  const key = generateRsaKey('odd', 1408, 3);
  expect(lengthenedKey({ ...key, publicExponent: 17n })).toBeUndefined();
  expect(lengthenedKey({ ...key, primes: [key.primes[0], key.primes[1] >> 8n] })).toBeUndefined();
});

test.each([1152, 1408, 1984])(
  'a key of %i bits signs the same however often it signed, and so does the next',
  (bits) => {
    const numbers = generateRsaKey('often', bits, 3);
    const operate = privateOperation(openFactoredKey(factoredKey(numbers)));
    const keys = [new RsaPrivateKey(numbers, bits / 8)];
    for (let times = 0; times < 20; times++) {
      const block = toBigEndian(BigInt(times + 2) ** 200n, bits / 8);
      for (const key of keys) expect(key.sign(block)).toEqual(operate(block));
      if (times === 10) keys.push(new RsaPrivateKey(numbers, bits / 8));
    }
  },
);
