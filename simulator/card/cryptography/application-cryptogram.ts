import { concat, fromHex } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { CardApplication } from '../card-file.js';
import { retailMac, sessionKey } from './triple-des.js';

const TERMINAL_DATA: Readonly<Record<CardApplication['cryptogramVersion'], readonly string[]>> = {
  1: ['9F02', '9F03', '9F1A', '95', '5F2A', '9A', '9C', '9F37'],
  17: ['9F02', '9F37'],
};

export interface CryptogramInput {
  readonly applicationTransactionCounter: number;
  /** 2 bytes. */
  readonly applicationInterchangeProfile: Uint8Array;
  /** 4 bytes with their length byte. */
  readonly cardVerificationResults: Uint8Array;
  readonly terminalData: DataMap;
}

/**
 * The application cryptogram 9F26, 8 bytes. Version 01 covers the terminal's values, the application interchange
 * profile, the application transaction counter and the card verification results (JR/T 0025.5-2013 annex D); version
 * 17 only amount, unpredictable number, counter and the second byte of the results (JR/T 0025.12-2013 annex E).
 */
export function applicationCryptogram(application: CardApplication, input: CryptogramInput): Uint8Array {
  const { cryptogramVersion, keys } = application;
  const terminal = TERMINAL_DATA[cryptogramVersion].map((tag) => input.terminalData.get(tag) ?? new Uint8Array(0));
  const counter = encodeCounter(input.applicationTransactionCounter);
  const results = input.cardVerificationResults;
  const card =
    cryptogramVersion === 1
      ? concat(input.applicationInterchangeProfile, counter, results)
      : concat(counter, results.subarray(1, 2));
  const key = sessionKey(fromHex(keys.applicationCryptogram), input.applicationTransactionCounter);
  return retailMac(key, concat(...terminal, card));
}

/** An application transaction counter as its 2 bytes. */
export function encodeCounter(applicationTransactionCounter: number): Uint8Array {
  return Uint8Array.of(applicationTransactionCounter >> 8, applicationTransactionCounter & 0xff);
}
