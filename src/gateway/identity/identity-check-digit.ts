const CHECK_DIGITS = '10X98765432';

/** The weight of a digit by its place, 2^(18 − place) mod 11 from the left (GB 11643-1999, ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The last character of an identity number, worked out of the 17 digits before it. */
export function identityCheckDigit(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return CHECK_DIGITS[sum % 11]!;
}

/** Whether these are 17 digits and the check digit that they ask for. */
export const hasRightIdentityCheckDigit = (number: string): boolean =>
  /^\d{17}[\dX]$/.test(number) && identityCheckDigit(number) === number[17];
