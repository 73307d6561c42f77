import { timingSafeEqual } from 'node:crypto';
import { encodeNumeric } from '../../../emv/bytes.js';
import {
  applicationCryptogram,
  applicationCryptogramData,
  CryptogramError,
  cryptogramVersionOf,
  issuerDiscretionaryDataMac,
} from '../../../emv/cryptogram/index.js';
import type { OpenedRequest } from '../open-request.js';
import type { Check } from './check.js';

/** Of a value in 9F10, whose MAC covers it (JR/T 0025.12-2013 annex D). */
const AMOUNT_LENGTH = 5;

/**
 * The card's own cryptogram over what the message says, under keys that only this card and its issuer have
 * (JR/T 0025.7-2013 6.1). A TC may come online too: where the terminal's check of the card failed (9F6C byte 1 bit 6).
 */
export const checkCryptogram: Check = (opened) => {
  const { cardVerificationResults } = opened.issuerApplicationData;
  const expected = expectedCryptogram(opened);
  if (expected === undefined) return 'request-incomplete';
  if (!timingSafeEqual(expected, opened.applicationCryptogram)) return 'cryptogram-wrong';
  const isDeclined = cardVerificationResults.cryptogramType === 'AAC';
  return isDeclined && opened.request.kind !== 'maintenance' ? 'cryptogram-not-online' : undefined;
};

function expectedCryptogram({ issuerApplicationData, keys, request }: OpenedRequest): Uint8Array | undefined {
  const version = cryptogramVersionOf(issuerApplicationData.cryptogramVersion);
  if (version === undefined) return undefined;
  try {
    const data = applicationCryptogramData(version, request.data);
    return applicationCryptogram({ algorithm: keys.algorithm, key: keys.sessionKey('applicationCryptogram'), data });
  } catch (error) {
    // The message lacks a value that the card signed, or has it in another length.
    if (error instanceof CryptogramError) return undefined;
    throw error;
  }
}

/** The MAC over the balance in 9F10 (JR/T 0025.12-2013 annex D). */
export const checkPurseData: Check = ({ issuerApplicationData, keys, atc }) => {
  const { discretionaryData } = issuerApplicationData;
  const mac = discretionaryData?.messageAuthenticationCode;
  if (discretionaryData === undefined || mac === undefined) return undefined;
  const values = Object.values(discretionaryData.amounts).map((amount) => encodeNumeric(amount, AMOUNT_LENGTH));
  const key = keys.sessionKey('messageAuthentication');
  const expected = issuerDiscretionaryDataMac({ algorithm: keys.algorithm, key, atc, values });
  return timingSafeEqual(expected, mac) ? undefined : 'purse-data-wrong';
};
