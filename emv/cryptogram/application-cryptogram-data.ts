import { concat } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import { CryptogramError, requireLength } from './cryptogram-error.js';

/** Cryptogram versions of PBOC: 01, and 17 of the fast contactless profile (9F10 byte 3: 01; 17 or 11). */
export type CryptogramVersion = '01' | '17';

const versionBytes: Readonly<Record<string, CryptogramVersion>> = { '01': '01', '17': '17', '11': '17' };

/** The version that byte 3 of 9F10 names, in hex; some cards write the decimal 17 as `11`. */
export const cryptogramVersionOf = (versionByte: string): CryptogramVersion | undefined => versionBytes[versionByte];

const signedTags: Readonly<Record<CryptogramVersion, readonly (readonly [tag: string, length: number])[]>> = {
  '01': [
    ['9F02', 6],
    ['9F03', 6],
    ['9F1A', 2],
    ['95', 5],
    ['5F2A', 2],
    ['9A', 3],
    ['9C', 1],
    ['9F37', 4],
    ['82', 2],
    ['9F36', 2],
  ],
  '17': [
    ['9F02', 6],
    ['9F37', 4],
    ['9F36', 2],
  ],
};

/** Of 9F10 version 01 signs the card verification results, version 17 their second byte. */
const signedResults: Readonly<Record<CryptogramVersion, readonly [start: number, end: number]>> = {
  '01': [3, 7],
  '17': [4, 5],
};

/** The objects whose values a version signs, in their order, before the card verification results. */
export const applicationCryptogramTags = (version: CryptogramVersion): readonly string[] =>
  signedTags[version].map(([tag]) => tag);

/**
 * What a PBOC application cryptogram is computed over, before padding (JR/T 0025.5-2013 annex C, JR/T 0025.12-2013
 * annex D). Throws `CryptogramError` naming the tag that is missing or has another length.
 */
export function applicationCryptogramData(version: CryptogramVersion, data: DataMap): Uint8Array {
  const values = signedTags[version].map(([tag, length]) => requiredValue(data, tag, length));
  const issuerApplicationData = requiredValue(data, '9F10');
  if (issuerApplicationData.length < 8) throw new CryptogramError('data-length', '9F10');
  return concat(...values, issuerApplicationData.subarray(...signedResults[version]));
}

function requiredValue(data: DataMap, tag: string, length?: number): Uint8Array {
  const value = data.get(tag);
  if (value === undefined) throw new CryptogramError('data-missing', tag);
  if (length !== undefined) requireLength(tag, value, length);
  return value;
}
