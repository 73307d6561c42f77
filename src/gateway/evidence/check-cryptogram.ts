import { timingSafeEqual } from 'node:crypto';
import { toHex } from '../../../emv/bytes.js';
import {
  applicationCryptogram,
  applicationCryptogramData,
  CryptogramError,
  cryptogramVersionOf,
  deriveCardKey,
  deriveSessionKey,
} from '../../../emv/cryptogram/index.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import { readIssuerApplicationData } from '../../../emv/values/index.js';
import type { EvidenceRefusal } from './evidence-refusal.js';
import type { IssuerKey, IssuerKeys } from './issuer-keys.js';

const CRYPTOGRAM_LENGTH = 8;

/**
 * Computes the card's cryptogram (9F26) anew with its issuer's key, as the issuer does (JR/T 0025.7-2013 6.1, 11.1,
 * JR/T 0025.12-2013 annex D). 9F10 can be read already. What 9F10 says of algorithm and index is the terminal's word: a
 * card whose issuer's keys are here is never left unchecked because of it.
 */
export function checkCryptogram(
  data: DataMap,
  pan: string,
  keys: IssuerKeys,
): 'verified' | 'not-checked' | EvidenceRefusal {
  const { algorithm, keyDerivationIndex, cryptogramVersion } = readIssuerApplicationData(data.get('9F10')!);
  const key = keys.find({ pan, algorithm, keyDerivationIndex });
  if (key === 'none') return 'not-checked';
  if (key === 'unfit') return 'cryptogram-key-unknown';
  const version = cryptogramVersionOf(cryptogramVersion);
  const cryptogram = data.get('9F26');
  if (version === undefined || cryptogram?.length !== CRYPTOGRAM_LENGTH) return 'cryptogram-data-missing';
  try {
    const expected = applicationCryptogram({
      algorithm: key.algorithm,
      key: sessionKeyOf(key, pan, data),
      data: applicationCryptogramData(version, data),
    });
    return timingSafeEqual(expected, cryptogram) ? 'verified' : 'cryptogram-wrong';
  } catch (error) {
    if (error instanceof CryptogramError) return 'cryptogram-data-missing';
    throw error;
  }
}

function sessionKeyOf({ algorithm, derivation, masterKey }: IssuerKey, pan: string, data: DataMap): Uint8Array {
  const sequenceNumber = data.get('5F34');
  const psn = sequenceNumber && toHex(sequenceNumber);
  const key = deriveCardKey({ method: derivation, algorithm, masterKey, pan, psn });
  return deriveSessionKey({ method: 'pboc', algorithm, key, atc: data.get('9F36')! });
}
