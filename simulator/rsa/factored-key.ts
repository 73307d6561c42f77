import { createPrivateKey, type KeyObject } from 'node:crypto';
import { inverse } from '../numbers/modulo.js';
import { derInteger, derSequence } from './der.js';

/** The numbers of an RSA key that all others follow from. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  /** Two, or more: the modulus is their product. */
  readonly primes: readonly bigint[];
}

/** An RSA key with what speeds up its private operation (RFC 8017 §3.2). */
export interface FactoredKey extends Omit<RsaNumbers, 'primes'> {
  readonly factors: readonly Factor[];
}

export interface Factor {
  readonly factor: bigint;
  /** The private exponent for this factor. */
  readonly exponent: bigint;
}

export function factoredKey({ primes, ...numbers }: RsaNumbers): FactoredKey {
  const factors = primes.map((prime) => ({ factor: prime, exponent: numbers.privateExponent % (prime - 1n) }));
  return { ...numbers, factors };
}

/** By the number of primes (RFC 8017 §A.1.2). */
const VERSION = { two: 0n, more: 1n };

/** Throws for numbers that are no key. */
export function openFactoredKey({ factors, ...numbers }: FactoredKey): KeyObject {
  const [first, second, ...others] = factors;
  if (!first || !second) throw new RangeError('an RSA key has two primes at least');
  let product = first.factor * second.factor;
  const otherFactors = others.map(({ factor, exponent }) => {
    const coefficient = inverse(product, factor);
    product *= factor;
    return derSequence(derInteger(factor), derInteger(exponent), derInteger(coefficient));
  });
  const key = derSequence(
    derInteger(others.length === 0 ? VERSION.two : VERSION.more),
    derInteger(numbers.modulus),
    derInteger(numbers.publicExponent),
    derInteger(numbers.privateExponent),
    derInteger(first.factor),
    derInteger(second.factor),
    derInteger(first.exponent),
    derInteger(second.exponent),
    derInteger(inverse(second.factor, first.factor)),
    ...(others.length === 0 ? [] : [derSequence(...otherFactors)]),
  );
  return createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs1' });
}
