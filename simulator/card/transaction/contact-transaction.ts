import type { DataMap } from '../../../emv/tlv/index.js';
import type { VerificationResult } from './card-verification-results.js';
import type { CryptogramType } from './cryptogram-type.js';
import type { Purse } from './purse.js';

/** What a GENERATE AC was answered with. */
export interface GivenCryptogram {
  readonly type: CryptogramType;
  /** 8 bytes. */
  readonly cryptogram: Uint8Array;
}

/** What VERIFY did since the application was selected. */
export interface Verification {
  readonly performed: boolean;
  /** The try that failed last was the last one. */
  readonly limitReachedNow: boolean;
}

/** A transaction over contact, from GET PROCESSING OPTIONS on; all of it is lost with the power. */
export interface ContactTransaction {
  /** The electronic cash path, and which purse it spends from (JR/T 0025.13-2013 7.4); absent: debit/credit. */
  readonly electronicCash: Purse | undefined;
  /** The purse that GET DATA tells of. */
  readonly purse: Purse;
  readonly applicationTransactionCounter: number;
  /** 82 as it was answered. */
  readonly applicationInterchangeProfile: Uint8Array;
  /** What the PDOL asked for, whole and taken apart. */
  readonly optionsData: Uint8Array;
  readonly terminalData: DataMap;
  readonly results: ReadonlySet<VerificationResult>;
  readonly scriptCommands: number;
  readonly firstData?: Uint8Array;
  readonly first?: GivenCryptogram;
  readonly second?: GivenCryptogram;
  readonly issuerAuthentication: 'not-performed' | 'succeeded' | 'failed';
  /** Of EXTERNAL AUTHENTICATE, two characters. */
  readonly authorizationResponseCode?: string;
  /** A command's MAC was wrong: no further script command is taken (JR/T 0025.5-2013 17.6.3). */
  readonly scriptsRefused: boolean;
}

export const noVerification: Verification = { performed: false, limitReachedNow: false };

/** Results with some added and some taken away. */
export function withResults(
  results: ReadonlySet<VerificationResult>,
  changed: Partial<Record<VerificationResult, boolean>>,
): ReadonlySet<VerificationResult> {
  const next = new Set(results);
  for (const [name, holds] of Object.entries(changed) as [VerificationResult, boolean][]) {
    if (holds) next.add(name);
    else next.delete(name);
  }
  return next;
}
