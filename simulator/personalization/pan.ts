import { checkDigitOf, hasRightCheckDigit } from '../../emv/card-number.js';
import { type IssuerName, issuerIdentifierOf } from './pki/issuers.js';

const PAN_LENGTH = 19;

/** 16 or 19 digits, the last of which is the check digit that the others ask for (ISO/IEC 7812-1 annex B). */
export const isValidPan = (pan: string): boolean => /^(\d{16}|\d{19})$/.test(pan) && hasRightCheckDigit(pan);

/** The PAN of a test card: 19 digits of a test issuer's range. `account` is a whole number below 10 to the power of 10. */
export function testPan(issuer: IssuerName, account: number): string {
  const identifier = issuerIdentifierOf(issuer);
  const digits = account.toString().padStart(PAN_LENGTH - 1 - identifier.length, '0');
  if (!/^\d{10}$/.test(digits)) throw new RangeError('an account is a whole number of at most ten digits');
  return `${identifier}${digits}${checkDigitOf(identifier + digits)}`;
}

/** The PAN after this one in its range, in the same length. */
export function nextPan(pan: string): string {
  const account = pan.slice(8, -1);
  const next = ((BigInt(account) + 1n) % 10n ** BigInt(account.length)).toString().padStart(account.length, '0');
  const digits = pan.slice(0, 8) + next;
  return `${digits}${checkDigitOf(digits)}`;
}
