/** numerator ÷ denominator to the nearest whole number, half up: the one place where prices are rounded. */
export function roundHalfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}

const BASIS_POINTS = 10_000;

/** The part of an amount that a rate leaves, rounded half up to the fen. */
export const atRate = (amountFen: number, basisPoints: number): number =>
  roundHalfUp(amountFen * basisPoints, BASIS_POINTS);

/** Whether a rate leaves no whole number of fen. */
export const isRounded = (amountFen: number, basisPoints: number): boolean =>
  (amountFen * basisPoints) % BASIS_POINTS !== 0;
