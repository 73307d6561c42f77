import { identityCheckDigit } from './identity-check-digit.js';
import { plainDigits } from './plain-digits.js';

/** Numbers of 15 digits were given out to people born in this century only, and name no check digit. */
const CENTURY = '19';

/**
 * A resident identity number in the one form that it is compared in: 18 characters with an upper-case X. One of the 15
 * digits that were given out until 1999 gets its century and its check digit (GB 11643-1999). What has neither form
 * comes back in plain characters.
 */
export function normalIdentityNumber(text: string): string {
  const plain = plainDigits(text);
  if (!/^\d{15}$/.test(plain)) return plain;
  const digits = `${plain.slice(0, 6)}${CENTURY}${plain.slice(6)}`;
  return digits + identityCheckDigit(digits);
}
