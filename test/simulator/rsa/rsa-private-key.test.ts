import { checkPrimeSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBigEndian } from '../../../simulator/numbers/big-endian.js';
import { cardPrimeBits, generateCardKey } from '../../../simulator/personalization/pki/generate-card-key.js';
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
    const known = longer.factors.map(({ factor }, index) => factor / key.primes[index]!);
    const primes = [...key.primes, ...known];
    for (const prime of primes) {
      const block = toBigEndian((prime * 3n) % key.modulus, bits / 8);
      expect(lengthened(block)).toEqual(operate(block));
    }
  });

  test('has 2048 bits and two factors of 1024', () => {
    const { modulus, factors } = lengthenedKey(key)!;
    expect([modulus, ...factors.map(({ factor }) => factor)].map((number) => number.toString(2).length)).toEqual([
      2048, 1024, 1024,
    ]);
  });
});

test('a key that is longer, or has three primes, primes of two lengths or another exponent, is signed with as it is', () => {
  expect(lengthenedKey(generateRsaKey('long', 2048, 3))).toBeUndefined();
  const key = generateRsaKey('odd', 1408, 3);
  expect(lengthenedKey(generateCardKey('three', 1408))).toBeUndefined();
  expect(lengthenedKey({ ...key, publicExponent: 17n })).toBeUndefined();
  expect(lengthenedKey({ ...key, primes: [key.primes[0]!, key.primes[1]! >> 8n] })).toBeUndefined();
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

/** What a signature is, without anything of OpenSSL's: a power by the private exponent. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

describe.each([1040, 1152, 1344, 1408, 1536])('a card key of %i bits', (bits) => {
  const key = generateCardKey('a seed', bits);
  const operate = privateOperation(openFactoredKey(factoredKey(key)));

  test('has three primes, all of its bits, and an exponent for each prime', () => {
    expect(key.modulus.toString(2)).toHaveLength(bits);
    expect(key.primes.map((prime) => prime.toString(2).length)).toEqual(cardPrimeBits(bits));
    expect(key.primes).toHaveLength(3);
    expect(key.primes.reduce((one, other) => one * other)).toBe(key.modulus);
    for (const prime of key.primes) {
      expect(checkPrimeSync(prime)).toBe(true);
      expect((key.privateExponent * 3n) % (prime - 1n)).toBe(1n);
    }
  });

  test('signs as the power by its private exponent, multiples of each prime too', () => {
    const signed = (number: bigint) => {
      const signature = operate(toBigEndian(number, bits / 8));
      expect(signature).toEqual(toBigEndian(power(number, key.privateExponent, key.modulus), bits / 8));
    };
    for (const prime of key.primes) signed((prime * 5n) % key.modulus);
    const property = fc.property(fc.bigInt({ min: 0n, max: key.modulus - 1n }), signed);
    fc.assert(property, { numRuns: 10 });
  });
});

test.each([768, 1024, 1552, 1968])('a card key of %i bits has two primes', (bits) => {
  expect(cardPrimeBits(bits)).toEqual([bits / 2, bits / 2]);
});

/** Where they did not fit, OpenSSL would sign by the private exponent instead, in several times the time. */
test('three primes are enough to sign: nothing is left to the private exponent', () => {
  const { privateExponent, ...key } = factoredKey(generateCardKey('a seed', 1152));
  const withoutExponent = openFactoredKey({ ...key, privateExponent: privateExponent + 2n });
  const block = toBigEndian(2n ** 1000n, 1152 / 8);
  const whole = privateOperation(openFactoredKey({ ...key, privateExponent }));
  expect(privateOperation(withoutExponent)(block)).toEqual(whole(block));
});
