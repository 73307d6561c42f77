import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestPki, issueCard, loadProfile } from '../../../simulator/index.js';
import { generateRsaKey } from '../../../simulator/personalization/pki/generate-rsa-key.js';

test.each([
  [1152, 3],
  [1152, 65537],
  [1408, 3],
  [1984, 65537],
] as const)('%i bits with exponent %i: a key of exactly that length whose halves undo each other', (bits, exponent) => {
  const key = generateRsaKey('a seed', bits, exponent);
  expect(key.primes).toHaveLength(2);
  expect(key.primes[0]! * key.primes[1]!).toBe(key.modulus);
  expect(key.modulus.toString(2)).toHaveLength(bits);
  for (const prime of key.primes) expect((key.privateExponent * BigInt(exponent)) % (prime - 1n)).toBe(1n);
});

test('lengths that would not fill whole bytes are refused', () => {
  expect(() => generateRsaKey('a seed', 1160, 3)).toThrow(RangeError);
});

/** Kept by hand: whoever changes it changes every card that was ever issued from a seed. */
test('a seed gives the keys it has always given', () => {
  const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
  const { modulus } = generateRsaKey('a seed', 1152, 3);
  expect(digest(modulus.toString(16))).toBe('23364763d6eccc82');
  const { privateKey, applications } = issueCard(loadProfile('service-card-51'), createTestPki());
  const [{ keys, records }] = applications as [(typeof applications)[number]];
  const { encipherment, ...others } = keys;
  const overContactless = records.filter(({ shortFileIdentifier }) => shortFileIdentifier < 6);
  expect(digest([privateKey, others, overContactless])).toBe('508d9acd30d5bb7f');
  expect(digest([encipherment, records])).toBe('f065ea1fad7ed100');
});
