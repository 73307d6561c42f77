import { toHex } from './bytes.js';

const stars = (count: number): string => '*'.repeat(count);

/** What to show of a card number: first six and last four digits; of a short one nothing. */
export const maskDigits = (digits: string): string =>
  digits.length < 13 ? stars(digits.length) : `${digits.slice(0, 6)}${stars(digits.length - 10)}${digits.slice(-4)}`;

/** The digit that belongs behind these (ISO/IEC 7812-1 annex B, Luhn). */
export function checkDigitOf(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit of a card number is the one that the others ask for. */
export const hasRightCheckDigit = (digits: string): boolean =>
  checkDigitOf(digits.slice(0, -1)) === Number(digits.at(-1));

/** The card number of track 2 (57): the digits before the separator (EMV 4.3 Book 3 annex A). */
export const panOfTrack2 = (value: Uint8Array): string | undefined => /^(\d+)(?:D.*)?$/.exec(toHex(value))?.[1];
