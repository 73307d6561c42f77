/** The remainder that is not negative. */
export const modulo = (value: bigint, modulus: bigint): bigint => {
  const remainder = value % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
};

/** The inverse modulo a prime, by Euclid. */
export function inverse(value: bigint, prime: bigint): bigint {
  let [previous, current] = [prime, modulo(value, prime)];
  let [previousFactor, factor] = [0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return modulo(previousFactor, prime);
}

/**
 * The inverse of a small prime modulo a number that it does not divide: the one multiple of that number plus 1 that it
 * divides, divided. Hundreds of times faster than by Euclid.
 */
export const inverseOfPrime = (prime: bigint, modulus: bigint): bigint =>
  (modulus * (prime - inverse(modulus, prime)) + 1n) / prime;
