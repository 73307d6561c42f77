import type { CertificationAuthorityKey } from '../../../emv/index.js';
import type { KeyNote } from './read-key-files.js';

/** What each note of an import says. */
export const noteTexts: Readonly<Record<KeyNote, string>> = {
  'no-checksum': 'came without a check value: compare it with the scheme’s',
  'checksum-not-one': 'the check value is neither SHA-1 nor SM3: it was not looked at',
  'self-signature-good': 'signed by itself, and the signature holds',
  'expiry-not-31-december': 'keys of the scheme end on 31 December: look at the last day again',
  'published-test-key': 'a published test key: trusted with test cards only',
};

/** Half a year after its last day a key has to be out of the terminals (JR/T 0025.7-2013 table 29). */
const GRACE_MONTHS = 6;

export type KeyAge = 'good' | 'ends-this-year' | 'in-grace' | 'overdue' | 'no-last-day';

/** How a key stands on a day, YYYY-MM-DD. */
export function ageOf({ expires }: CertificationAuthorityKey, date: string): KeyAge {
  if (expires === undefined) return 'no-last-day';
  if (date <= expires) return expires.slice(0, 4) === date.slice(0, 4) ? 'ends-this-year' : 'good';
  return date <= endOfGrace(expires) ? 'in-grace' : 'overdue';
}

function endOfGrace(expires: string): string {
  const [year, month] = expires.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month + GRACE_MONTHS, 0)).toISOString().slice(0, 10);
}

/** `rsa 1984` or `sm2`. */
export const kindOf = ({ modulus }: CertificationAuthorityKey): string =>
  modulus === undefined ? 'sm2' : `rsa ${modulus.length * 4}`;

export const checkValueOf = ({ sha1, sm3 }: CertificationAuthorityKey): string => sha1 ?? sm3 ?? '';

const ages: Readonly<Record<KeyAge, (expires: string) => string>> = {
  good: (expires) => `to ${expires}`,
  'ends-this-year': (expires) => `to ${expires}, this year`,
  'in-grace': (expires) => `ended ${expires}, to be removed by ${endOfGrace(expires)}`,
  overdue: (expires) => `ended ${expires}, to be removed`,
  'no-last-day': () => 'no last day known',
};

export const ageText = (key: CertificationAuthorityKey, date: string): string =>
  ages[ageOf(key, date)](key.expires ?? '');
