import { type CardVerificationResults, readCardVerificationResults } from './card-verification-results.js';
import { type IssuerDiscretionaryData, readIssuerDiscretionaryData } from './issuer-discretionary-data.js';
import { ValueError } from './value-error.js';

/** Tag 9F10 as PBOC cards fill it (JR/T 0025.12-2013 Annex D). */
export interface IssuerApplicationData {
  readonly keyDerivationIndex: number;
  /** As the byte stands there, in hex: `01` or `17`; some cards write the decimal 17 as `11`. */
  readonly cryptogramVersion: string;
  readonly cardVerificationResults: CardVerificationResults;
  /** How the cryptogram was made. */
  readonly algorithm: '3des' | 'sm4' | 'unknown';
  readonly discretionaryData?: IssuerDiscretionaryData;
}

const TAG = '9F10';
const FIXED_LENGTH = 8;
const LENGTH_MAX = 32;
const algorithms: ReadonlyMap<number, '3des' | 'sm4'> = new Map([
  [0x01, '3des'],
  [0x04, 'sm4'],
]);

/**
 * Reads `07 | key derivation index | cryptogram version | 03 and three bytes of CVR | algorithm`, then a length and the
 * issuer discretionary data. Throws {@link ValueError}; 9F10 of other schemes is `iad-layout-unknown`.
 *
 * @example readIssuerApplicationData(fromHex('07010103A0000001')).cardVerificationResults.cryptogramType  // 'ARQC'
 */
export function readIssuerApplicationData(bytes: Uint8Array): IssuerApplicationData {
  if (bytes.length < FIXED_LENGTH || bytes.length > LENGTH_MAX) {
    throw new ValueError('value-wrong-length', Math.min(bytes.length, LENGTH_MAX), TAG);
  }
  if (bytes[0] !== FIXED_LENGTH - 1) throw new ValueError('iad-layout-unknown', 0, TAG);
  if (bytes[3] !== 3) throw new ValueError('iad-layout-unknown', 3, TAG);
  return {
    keyDerivationIndex: bytes[1]!,
    cryptogramVersion: bytes[2]!.toString(16).toUpperCase().padStart(2, '0'),
    cardVerificationResults: readCardVerificationResults(bytes),
    algorithm: algorithms.get(bytes[7]!) ?? 'unknown',
    ...(bytes.length === FIXED_LENGTH ? {} : { discretionaryData: readIssuerDiscretionaryData(bytes, FIXED_LENGTH) }),
  };
}
