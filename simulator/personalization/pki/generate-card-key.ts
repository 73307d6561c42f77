import { generateRsaKey, type RsaKey } from './generate-rsa-key.js';

/** OpenSSL raises to powers modulo so many bits several times sooner than modulo some more or fewer. */
const QUICK_BITS = 512;
/** A shorter prime takes hardly less, and makes the others longer or more. */
const PRIME_BITS_MIN = 320;

/**
 * A card's key, which follows from the seed. One of 1040 to 1536 bits has three primes (RFC 8017 §3.1): who checks a
 * signature cannot tell, and it is made in half the time (docs/decisions/0067-card-keys-have-three-primes.md).
 */
export const generateCardKey = (seed: string, bits: number): RsaKey =>
  generateRsaKey(seed, bits, 3, cardPrimeBits(bits));

/** Bits of each prime of a card's key. */
export function cardPrimeBits(bits: number): readonly number[] {
  if (bits <= 2 * QUICK_BITS || bits > 3 * QUICK_BITS) return [bits / 2, bits / 2];
  const last = bits - 2 * QUICK_BITS;
  if (last >= PRIME_BITS_MIN) return [QUICK_BITS, QUICK_BITS, last];
  return [QUICK_BITS, (bits - QUICK_BITS) / 2, (bits - QUICK_BITS) / 2];
}
