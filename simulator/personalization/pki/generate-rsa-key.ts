import { checkPrimeSync } from 'node:crypto';
import { fromBigEndian } from '../../numbers/big-endian.js';
import { inverseOfPrime } from '../../numbers/modulo.js';
import { SeededStream } from '../../numbers/seeded-stream.js';
import knownDistances from './prime-distances.json' with { type: 'json' };

/** An RSA key pair as numbers. */
export interface RsaKey {
  readonly modulus: bigint;
  readonly publicExponent: bigint;
  readonly privateExponent: bigint;
  readonly primes: readonly bigint[];
  /** Of the modulus. */
  readonly length: number;
}

export type PublicExponent = 3 | 65537;

const SMALL_PRIME_MAX = 20_000;
/** Rounds of Miller-Rabin; a composite gets through with a chance below 4 to the power of -20. */
const CHECKS = 20;

let smallPrimes: readonly number[] | undefined;

function smallPrimesBelow(end: number): number[] {
  const primes: number[] = [];
  for (let candidate = 3; candidate < end; candidate += 2) {
    if (primes.every((prime) => prime * prime > candidate || candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** Of the keys of the default chain and of the profiles in the box, so that nobody has to wait for a search. */
const known: Readonly<Record<string, readonly number[]>> = knownDistances;
/** Of the keys that this process has searched for. */
const found = new Map<string, readonly number[]>();

/**
 * An RSA key that follows from the seed alone, the same with every version of Node: the first primes at or after
 * numbers of a seeded stream. `bits` is a multiple of 16, so that its primes fill whole bytes; `primeBits` of each are
 * half of them if not told. 20 to 80 ms, and next to nothing where the distances are known.
 */
export function generateRsaKey(
  seed: string,
  bits: number,
  publicExponent: PublicExponent,
  primeBits: readonly number[] = [bits / 2, bits / 2],
): RsaKey {
  if (bits % 16 !== 0) throw new RangeError(`${bits} bits: not a multiple of 16`);
  const name = keyName(seed, publicExponent, primeBits);
  const distances = known[name] ?? found.get(name) ?? findPrimeDistances(seed, publicExponent, primeBits);
  found.set(name, distances);
  const exponent = BigInt(publicExponent);
  const primes = startsOf(seed, primeBits).map((start, index) => start + BigInt(distances[index]!));
  return {
    modulus: product(primes),
    publicExponent: exponent,
    privateExponent: inverseOfPrime(exponent, product(primes.map((prime) => prime - 1n))),
    primes,
    length: bits / 8,
  };
}

/** Under which the distances of its primes are kept. */
export const keyName = (seed: string, publicExponent: PublicExponent, primeBits: readonly number[]): string =>
  `${seed} ${primeBits.join('+')} ${publicExponent}`;

/** How far behind the numbers of its seed the primes of a key lie. */
export function findPrimeDistances(
  seed: string,
  publicExponent: PublicExponent,
  primeBits: readonly number[],
): readonly number[] {
  return startsOf(seed, primeBits).map((start) => distanceToPrime(start, BigInt(publicExponent)));
}

const product = (numbers: readonly bigint[]): bigint => numbers.reduce((one, other) => one * other);

function startsOf(seed: string, primeBits: readonly number[]): readonly bigint[] {
  const stream = new SeededStream(seed);
  const highestBits = HIGHEST_BITS[primeBits.length as keyof typeof HIGHEST_BITS];
  return primeBits.map((bits) => startOf(stream.next(bits / 8), highestBits));
}

/** By the number of primes: so many that their product fills its bits. */
const HIGHEST_BITS = { 2: 0xc0, 3: 0xe0 };

/** An odd number with its highest bits set. */
function startOf(bytes: Uint8Array, highestBits: number): bigint {
  bytes[0]! |= highestBits;
  bytes[bytes.length - 1]! |= 0x01;
  return fromBigEndian(bytes);
}

/** From an odd number to the first prime at or after it, one that `exponent` has an inverse for. */
function distanceToPrime(base: bigint, exponent: bigint): number {
  smallPrimes ??= smallPrimesBelow(SMALL_PRIME_MAX);
  const sieve = smallPrimes.map((prime) => ({ prime, remainder: Number(base % BigInt(prime)) }));
  for (let offset = 0; ; offset += 2) {
    if (sieve.some(({ prime, remainder }) => (remainder + offset) % prime === 0)) continue;
    const candidate = base + BigInt(offset);
    if ((candidate - 1n) % exponent !== 0n && checkPrimeSync(candidate, { checks: CHECKS })) return offset;
  }
}
