import type { OdaResult } from '../authentication/index.js';
import type { DataMap } from '../tlv/index.js';
import reasons from './outcome-reasons.json';

/** Why a transaction ended as it did: a stable code, explained in `outcome-reasons.json`. */
export type OutcomeReason = keyof typeof reasons;

export interface OutcomeReasonDefinition {
  readonly meaning: string;
  readonly meaningZh: string;
  readonly source: string;
}

/** Every reason by which a transaction can end, with its words and the place that says so. */
export const outcomeReasons: Readonly<Record<OutcomeReason, OutcomeReasonDefinition>> = reasons;

/** One record as the card gave it, template 70 included, without the status word. */
export interface TransactionRecord {
  readonly shortFileIdentifier: number;
  readonly recordNumber: number;
  readonly bytes: Uint8Array;
  /** Whether it takes part in offline data authentication. */
  readonly authenticated: boolean;
}

export interface TransactionOutcome {
  readonly outcome: 'approved-offline' | 'online-requested' | 'declined' | 'terminated';
  readonly reason: OutcomeReason;
  /** Whether to ask the holder for contact or stripe. */
  readonly tryAnotherInterface: boolean;
  /** The data object that `reason` is about. */
  readonly tag?: string | undefined;
  /** The status word that ended the transaction. */
  readonly statusWord?: number | undefined;
  /** Absent where the transaction ended before it came to that. */
  readonly offlineDataAuthentication?: OdaResult | undefined;
  readonly cardholderVerification: 'none' | 'signature' | 'online-pin';
  readonly applicationIdentifier?: Uint8Array | undefined;
  /** Every data object exchanged: the card's, and the terminal's as it sent them. */
  readonly data: DataMap;
  /** In the order in which they were read. */
  readonly records: readonly TransactionRecord[];
  /** 5 bytes (95). Offline data authentication leaves no trace in it (JR/T 0025.12-2013 7.1). */
  readonly terminalVerificationResults: Uint8Array;
  /** 2 bytes (9B). */
  readonly transactionStatusInformation: Uint8Array;
}

/** How a step can end the transaction before its time. */
export interface Ending {
  readonly ok: false;
  readonly outcome: TransactionOutcome['outcome'];
  readonly reason: OutcomeReason;
  readonly tryAnotherInterface: boolean;
  readonly tag?: string | undefined;
  readonly statusWord?: number | undefined;
}

/** A step's result, or the end of the transaction. */
export type Step<T> = { readonly ok: true; readonly value: T } | Ending;

export const proceed = <T>(value: T): Step<T> => ({ ok: true, value });

type Details = Pick<Ending, 'tag' | 'statusWord'>;

export const decline = (reason: OutcomeReason, details: Details = {}): Ending => ({
  ok: false,
  outcome: 'declined',
  reason,
  tryAnotherInterface: false,
  ...details,
});

/** Ends without a decision; the same card may be presented again. */
export const terminate = (reason: OutcomeReason, details: Details = {}): Ending => ({
  ok: false,
  outcome: 'terminated',
  reason,
  tryAnotherInterface: false,
  ...details,
});

/** Ends contactless processing: the holder is asked for contact or stripe. */
export const useAnotherInterface = (reason: OutcomeReason, details: Details = {}): Ending => ({
  ...terminate(reason, details),
  tryAnotherInterface: true,
});
