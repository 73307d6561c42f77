import { type DocumentType, documentForm } from './document-type.js';
import { hasRightIdentityCheckDigit } from './identity-check-digit.js';
import { normalIdentityNumber } from './normal-identity-number.js';
import { plainDigits } from './plain-digits.js';
import { isRegion } from './region-codes.js';

/** What is wrong with the number of a document. Stable. */
export type DocumentIssue =
  | 'document-number-wrong'
  | 'identity-number-wrong'
  | 'identity-check-digit-wrong'
  | 'identity-region-unknown'
  | 'identity-date-wrong'
  | 'identity-date-implausible'
  | 'identity-sex-differs';

export interface Document {
  readonly type: DocumentType;
  readonly number: string;
  /** What is said of the holder. */
  readonly sex?: 'male' | 'female' | undefined;
}

export interface Plausible {
  /** YYYY-MM-DD */
  readonly today: string;
  /** Years; both inclusive. */
  readonly ages: { readonly from: number; readonly to: number };
}

/**
 * What of a document's number cannot be, by the number alone: nobody is asked whether it was given out. An identity
 * number (GB 11643-1999) names a region (GB/T 2260), the day of birth, by its 17th digit the sex, and a check digit.
 */
export function checkDocument({ type, number, sex }: Document, plausible: Plausible): readonly DocumentIssue[] {
  const form = documentForm(type);
  if (form === 'resident' || form === 'residencePermit') return checkNumber(number, form, sex, plausible);
  const plain = plainDigits(number);
  if (!new RegExp(form, 'u').test(plain)) return ['document-number-wrong'];
  const isNew = type === 'foreign-permanent-residence' && plain.length === 18;
  return isNew && !hasRightIdentityCheckDigit(plain) ? ['identity-check-digit-wrong'] : [];
}

function checkNumber(
  text: string,
  where: 'resident' | 'residencePermit',
  sex: Document['sex'],
  { today, ages }: Plausible,
): readonly DocumentIssue[] {
  const number = normalIdentityNumber(text);
  if (!/^\d{17}[\dX]$/.test(number)) return ['identity-number-wrong'];
  // One digit that is wrong makes all else wrong as well: the check digit is told alone.
  if (!hasRightIdentityCheckDigit(number)) return ['identity-check-digit-wrong'];
  const issues: DocumentIssue[] = [];
  if (!isRegion(number, where)) issues.push('identity-region-unknown');
  const born = dayOf(number.slice(6, 14));
  if (born === undefined) issues.push('identity-date-wrong');
  else if (born < yearsBefore(today, ages.to + 1) || born > yearsBefore(today, ages.from)) {
    issues.push('identity-date-implausible');
  }
  const told = Number(number[16]) % 2 === 1 ? 'male' : 'female';
  if (sex !== undefined && sex !== told) issues.push('identity-sex-differs');
  return issues;
}

function dayOf(digits: string): string | undefined {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? undefined : day;
}

/** Days as texts are in the order of days; 29 February comes out as itself, which is after the 28th. */
const yearsBefore = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;
