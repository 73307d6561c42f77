import { concat } from '../../../emv/bytes.js';
import { applicationCryptogramTags, applicationCryptogram as authenticate } from '../../../emv/cryptogram/index.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { CardApplication } from '../card-file.js';
import { encodeCounter } from './encode-counter.js';
import type { TransactionKeys } from './transaction-keys.js';

const versionNames = { 1: '01', 17: '17' } as const;

export interface CryptogramInput {
  readonly cryptogramVersion: CardApplication['cryptogramVersion'];
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
 * 17 only amount, unpredictable number, counter and the second byte of the results (JR/T 0025.12-2013 annex E). What
 * the card did not ask the terminal for is left out.
 */
export function applicationCryptogram(keys: TransactionKeys, input: CryptogramInput): Uint8Array {
  const { cryptogramVersion, cardVerificationResults: results } = input;
  const own: Readonly<Record<string, Uint8Array>> = {
    '82': input.applicationInterchangeProfile,
    '9F36': encodeCounter(input.applicationTransactionCounter),
  };
  const tags = applicationCryptogramTags(versionNames[cryptogramVersion]);
  const values = tags.map((tag) => own[tag] ?? input.terminalData.get(tag) ?? new Uint8Array(0));
  const signedResults = cryptogramVersion === 1 ? results : results.subarray(1, 2);
  const key = keys.get('applicationCryptogram')!;
  return authenticate({ algorithm: keys.algorithm, key, data: concat(...values, signedResults) });
}
