import { createPrivateKey, type KeyObject } from 'node:crypto';
import { inverse } from '../numbers/modulo.js';

/** The numbers of an RSA key that all others follow from. */
export interface RsaNumbers {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly primes: readonly [bigint, bigint];
}

/** An RSA key with what speeds up its private operation (RFC 8017 §3.2). */
export interface FactoredKey extends Omit<RsaNumbers, 'primes'> {
  readonly factors: readonly [bigint, bigint];
  /** The private exponent for each factor. */
  readonly exponents: readonly [bigint, bigint];
  /** The inverse of the second factor modulo the first. */
  readonly coefficient: bigint;
}

export function factoredKey({ primes: [p, q], ...numbers }: RsaNumbers): FactoredKey {
  return {
    ...numbers,
    factors: [p, q],
    exponents: [numbers.privateExponent % (p - 1n), numbers.privateExponent % (q - 1n)],
    coefficient: inverse(q, p),
  };
}

/** Throws for numbers that are no key. */
export function openFactoredKey({ factors, exponents, coefficient, ...numbers }: FactoredKey): KeyObject {
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: toBase64Url(numbers.modulus),
      e: toBase64Url(numbers.publicExponent),
      d: toBase64Url(numbers.privateExponent),
      p: toBase64Url(factors[0]),
      q: toBase64Url(factors[1]),
      dp: toBase64Url(exponents[0]),
      dq: toBase64Url(exponents[1]),
      qi: toBase64Url(coefficient),
    },
  });
}

function toBase64Url(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').toString('base64url');
}
