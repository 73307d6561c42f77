import { plainDigits } from './plain-digits.js';

/** A mobile number of the mainland: 11 digits that begin with 13 to 19. */
export const isMobile = (number: string): boolean => /^1[3-9]\d{9}$/.test(number);

/**
 * A mobile number in the one form that it is compared in: the 11 digits of the mainland without +86; another one in
 * plain characters.
 */
export function normalMobile(text: string): string {
  const plain = plainDigits(text).replace(/[()]/g, '');
  const national = plain.replace(/^(\+|00)?86/, '');
  return isMobile(national) ? national : plain;
}
