import { inverseOfPrime } from '../numbers/modulo.js';
import type { FactoredKey, RsaNumbers } from './factored-key.js';
import distances from './lengthening-primes.json' with { type: 'json' };

/** OpenSSL raises to two such powers at once with the widest instructions that a processor has. */
const FACTOR_BITS = 1024;

/** By bits: how far below that power of two are two primes of so many bits, neither of which is 1 modulo 3 or 65537. */
const distancesByBits: Readonly<Record<number, readonly number[]>> = distances;

/**
 * A key of 2048 bits whose private operation is that of a shorter key, taken modulo the shorter one's modulus. Each of its
 * factors is a prime of that key times a known one, and is raised to the inverse of the public exponent for both of
 * them. `undefined` where no prime is known that fits (docs/decisions/0064-longer-keys-sign-sooner.md).
 */
export function lengthenedKey({ publicExponent, primes }: RsaNumbers): FactoredKey | undefined {
  const [p, q] = primes as [bigint, bigint];
  const missing = FACTOR_BITS - bitsOf(p);
  const distances = distancesByBits[missing];
  const isKnownExponent = publicExponent === 3n || publicExponent === 65537n;
  if (!distances || !isKnownExponent || primes.length !== 2 || bitsOf(q) !== bitsOf(p)) return undefined;
  const [r, s] = distances.map((distance) => (1n << BigInt(missing)) - BigInt(distance)) as [bigint, bigint];
  const factors = [p * r, q * s] as const;
  const orders = [(p - 1n) * (r - 1n), (q - 1n) * (s - 1n)] as const;
  return {
    modulus: factors[0] * factors[1],
    publicExponent,
    privateExponent: inverseOfPrime(publicExponent, orders[0] * orders[1]),
    factors: [
      { factor: factors[0], exponent: inverseOfPrime(publicExponent, orders[0]) },
      { factor: factors[1], exponent: inverseOfPrime(publicExponent, orders[1]) },
    ],
  };
}

const bitsOf = (number: bigint): number => number.toString(2).length;
