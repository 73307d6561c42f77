const BASIS_POINTS = 10_000n;

/** A rate a year in parts per million, not rounded yet: numerator over denominator. */
export interface ExactRate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const exactRate = (ppm: number): ExactRate => ({ numerator: BigInt(ppm), denominator: 1n });

/** The rate times a number of basis points: 8000 leaves four fifths, 13000 adds three tenths. */
export const timesBasisPoints = ({ numerator, denominator }: ExactRate, basisPoints: number): ExactRate => ({
  numerator: numerator * BigInt(basisPoints),
  denominator: denominator * BASIS_POINTS,
});

export const isLower = (one: ExactRate, other: ExactRate): boolean =>
  one.numerator * other.denominator < other.numerator * one.denominator;

/** To whole parts per million, half up: the one place where rates are rounded. */
export const roundRate = ({ numerator, denominator }: ExactRate): number =>
  Number((2n * numerator + denominator) / (2n * denominator));

export const isWhole = ({ numerator, denominator }: ExactRate): boolean => numerator % denominator === 0n;
