import { type IssuerName, issuerIdentifierOf } from './pki/issuers.js';

const PAN_LENGTH = 19;

/** The digit that the Luhn formula (ISO/IEC 7812-1 annex B) puts behind these digits. */
function luhnDigit(digits: string): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}

export function isValidPan(pan: string): boolean {
  return /^(\d{16}|\d{19})$/.test(pan) && luhnDigit(pan.slice(0, -1)) === Number(pan.at(-1));
}

/** The PAN of a test card: 19 digits of a test issuer's range. `account` is a whole number below 10 to the power of 10. */
export function testPan(issuer: IssuerName, account: number): string {
  const identifier = issuerIdentifierOf(issuer);
  const digits = account.toString().padStart(PAN_LENGTH - 1 - identifier.length, '0');
  if (!/^\d{10}$/.test(digits)) throw new RangeError('an account is a whole number of at most ten digits');
  return `${identifier}${digits}${luhnDigit(identifier + digits)}`;
}
