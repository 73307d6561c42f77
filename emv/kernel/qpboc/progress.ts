import type { OdaResult } from '../../authentication/index.js';
import type { DataMap } from '../../tlv/index.js';
import { overlay } from '../laid-over.js';
import type { SelectedApplication } from '../selected-application.js';
import type { Ending, TransactionOutcome, TransactionRecord } from '../transaction-outcome.js';
import { type Balance, balanceSaid } from './balance.js';
import { qualifiersOf } from './card-transaction-qualifiers.js';
import { cardholderVerification } from './cardholder-verification.js';
import type { Debit } from './debit.js';
import type { ProcessingOptions } from './get-processing-options.js';
import type { PreliminaryResult } from './preliminary-processing.js';

/** The outcome of a contactless transaction. */
export interface QpbocOutcome extends TransactionOutcome {
  readonly debit: Debit;
  /** Electronic cash before and after, as far as the card told it. */
  readonly balance: Balance;
}

/** What is known of the transaction at any moment, so that whatever ends it can be told with all of it. */
export interface Progress {
  terminalData: DataMap;
  preliminary?: PreliminaryResult;
  application?: SelectedApplication;
  options?: ProcessingOptions;
  authentication?: OdaResult;
  debit: Debit;
  balance: Balance;
  readonly records: TransactionRecord[];
}

export const startProgress = (terminalData: DataMap): Progress => ({
  terminalData,
  debit: 'none',
  balance: {},
  records: [],
});

export function report(progress: Progress, ending: Ending): QpbocOutcome {
  const { application, authentication, balance, debit, options, preliminary, records, terminalData } = progress;
  const card = options?.card;
  const isAccepted = ending.outcome === 'approved-offline' || ending.outcome === 'online-requested';
  return {
    outcome: ending.outcome,
    reason: ending.reason,
    tryAnotherInterface: ending.tryAnotherInterface,
    cardholderVerification:
      isAccepted && card && preliminary ? cardholderVerification(qualifiersOf(card), preliminary) : 'none',
    data: card?.allData(terminalData) ?? overlay(application?.data ?? new Map(), terminalData),
    records,
    debit,
    balance: card ? { ...balanceSaid(card, debit), ...balance } : balance,
    terminalVerificationResults: verificationResults(ending.reason),
    transactionStatusInformation: Uint8Array.of(authentication ? OFFLINE_DATA_AUTHENTICATION_PERFORMED : 0, 0),
    ...(ending.tag !== undefined && { tag: ending.tag }),
    ...(ending.statusWord !== undefined && { statusWord: ending.statusWord }),
    ...(authentication && { offlineDataAuthentication: authentication }),
    ...(application && { applicationIdentifier: application.applicationIdentifier }),
  };
}

/** Transaction status information (9B) byte 1. */
const OFFLINE_DATA_AUTHENTICATION_PERFORMED = 0x80;

export const VERIFICATION_RESULTS_LENGTH = 5;

/** Byte and bit of 95 that a reason stands for: the restrictions; authentication leaves none (JR/T 0025.12-2013 7.1). */
const resultBits: Partial<Record<Ending['reason'], readonly [byte: number, bit: number]>> = {
  'exception-file': [0, 0x10],
  'application-version-differs': [1, 0x80],
  'card-expired': [1, 0x40],
  'card-not-yet-effective': [1, 0x20],
  'usage-not-allowed': [1, 0x10],
};

function verificationResults(reason: Ending['reason']): Uint8Array {
  const results = new Uint8Array(VERIFICATION_RESULTS_LENGTH);
  const [byte, bit] = resultBits[reason] ?? [];
  if (byte !== undefined && bit !== undefined) results[byte] = bit;
  return results;
}
