import { checkPrimeSync } from 'node:crypto';
import { toHex } from '../../../emv/bytes.js';
import { SeededStream } from './seeded-stream.js';

/** An RSA key pair as numbers. */
export interface RsaKey {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly primes: readonly [bigint, bigint];
  /** Of the modulus. */
  readonly length: number;
}

export type PublicExponent = 3 | 65537;

const SMALL_PRIMES = smallPrimesBelow(20_000);
/** Rounds of Miller-Rabin; a composite gets through with a chance below 4 to the power of -20. */
const CHECKS = 20;

function smallPrimesBelow(end: number): number[] {
  const primes: number[] = [];
  for (let candidate = 3; candidate < end; candidate += 2) {
    if (primes.every((prime) => prime * prime > candidate || candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/**
 * An RSA key that follows from the seed alone, the same with every version of Node: the first primes at or after
 * numbers of a seeded stream. `bits` is a multiple of 16, so that both primes fill whole bytes. 20 to 80 ms.
 */
export function generateRsaKey(seed: string, bits: number, publicExponent: PublicExponent): RsaKey {
  if (bits % 16 !== 0) throw new RangeError(`${bits} bits: not a multiple of 16`);
  const stream = new SeededStream(seed);
  const exponent = BigInt(publicExponent);
  const p = nextPrime(stream.next(bits / 16), exponent);
  let q = p;
  while (q === p) q = nextPrime(stream.next(bits / 16), exponent);
  const totient = (p - 1n) * (q - 1n);
  return {
    modulus: p * q,
    publicExponent: exponent,
    privateExponent: inverseOfPrime(exponent, totient),
    primes: [p, q],
    length: bits / 8,
  };
}

/** The first prime at or after a number with its two highest bits set, one that `exponent` has an inverse for. */
function nextPrime(start: Uint8Array, exponent: bigint): bigint {
  start[0]! |= 0xc0;
  start[start.length - 1]! |= 0x01;
  const base = BigInt(`0x${toHex(start)}`);
  const remainders = SMALL_PRIMES.map((prime) => Number(base % BigInt(prime)));
  for (let offset = 0; ; offset += 2) {
    if (remainders.some((remainder, index) => (remainder + offset) % SMALL_PRIMES[index]! === 0)) continue;
    const candidate = base + BigInt(offset);
    if ((candidate - 1n) % exponent !== 0n && checkPrimeSync(candidate, { checks: CHECKS })) return candidate;
  }
}

/** The inverse of a prime `exponent` modulo `totient`: the one multiple of the totient plus 1 that it divides. */
function inverseOfPrime(exponent: bigint, totient: bigint): bigint {
  const divisor = Number(exponent);
  const remainder = Number(totient % exponent);
  let factor = 1;
  while ((remainder * factor + 1) % divisor !== 0) factor++;
  return (totient * BigInt(factor) + 1n) / exponent;
}
