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
  readonly primes: readonly [bigint, bigint];
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

/** How far behind the numbers of its seed the two primes of a key lie. */
export type PrimeDistances = readonly [number, number];

/** Of the keys of the default chain and of the profiles in the box, so that nobody has to wait for a search. */
const known = knownDistances as unknown as Readonly<Record<string, PrimeDistances>>;
/** Of the keys that this process has searched for. */
const found = new Map<string, PrimeDistances>();

/**
 * An RSA key that follows from the seed alone, the same with every version of Node: the first primes at or after
 * numbers of a seeded stream. `bits` is a multiple of 16, so that both primes fill whole bytes. 20 to 80 ms, and next
 * to nothing where the distances are known.
 */
export function generateRsaKey(seed: string, bits: number, publicExponent: PublicExponent): RsaKey {
  if (bits % 16 !== 0) throw new RangeError(`${bits} bits: not a multiple of 16`);
  const name = `${seed} ${bits} ${publicExponent}`;
  const distances = known[name] ?? found.get(name) ?? findPrimeDistances(seed, bits, publicExponent);
  found.set(name, distances);
  const exponent = BigInt(publicExponent);
  const [p, q] = startsOf(seed, bits).map((start, index) => start + BigInt(distances[index]!)) as [bigint, bigint];
  const totient = (p - 1n) * (q - 1n);
  return {
    modulus: p * q,
    publicExponent: exponent,
    privateExponent: inverseOfPrime(exponent, totient),
    primes: [p, q],
    length: bits / 8,
  };
}

/** Where the two primes of a key lie, behind the numbers of its seed. */
export function findPrimeDistances(seed: string, bits: number, publicExponent: PublicExponent): PrimeDistances {
  const [p, q] = startsOf(seed, bits).map((start) => distanceToPrime(start, BigInt(publicExponent)));
  return [p!, q!];
}

function startsOf(seed: string, bits: number): readonly bigint[] {
  const stream = new SeededStream(seed);
  return [stream.next(bits / 16), stream.next(bits / 16)].map(startOf);
}

/** An odd number with its two highest bits set. */
function startOf(bytes: Uint8Array): bigint {
  bytes[0]! |= 0xc0;
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
