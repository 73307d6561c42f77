import type { OdaResult } from '../../authentication/index.js';
import type { DataMap } from '../../tlv/index.js';
import type { Ending, OutcomeReason, TransactionRecord } from '../transaction-outcome.js';
import type { CryptogramType } from './cryptogram-type.js';
import messageTexts from './messages.json';

/** What the terminal shows when all is over (JR/T 0025.6-2013 7.13, EMV 4.3 Book 4 §11.2). */
export type ContactMessage = keyof typeof messageTexts;

/** The words for each, in English and Chinese. */
export const contactMessages: Readonly<
  Record<ContactMessage, { readonly text: string; readonly textZh: string; readonly source: string }>
> = messageTexts;

export interface ContactOutcome {
  /** `online-requested`: the issuer's answer was not waited for. */
  readonly outcome: 'approved-offline' | 'approved-online' | 'online-requested' | 'declined' | 'terminated';
  readonly reason: OutcomeReason;
  /** The data object that `reason` is about. */
  readonly tag?: string | undefined;
  /** The status word that ended the transaction. */
  readonly statusWord?: number | undefined;
  readonly applicationIdentifier?: Uint8Array | undefined;
  /** Absent where none was performed. */
  readonly offlineDataAuthentication?: OdaResult | undefined;
  readonly cardholderVerification: {
    /** 9F34, 3 bytes: method, condition, result. Absent where it did not come to that. */
    readonly results?: Uint8Array | undefined;
    /** The receipt needs a line for it. */
    readonly signatureRequired: boolean;
    readonly onlinePinEntered: boolean;
  };
  /** Of the last answer to GENERATE AC. */
  readonly cryptogramType?: CryptogramType | undefined;
  /** 8A, 2 characters: the issuer's, or the terminal's Y1, Y3, Z1, Z3. */
  readonly authorizationResponseCode?: string | undefined;
  /** 5 bytes for each issuer script, in the order in which they ran. */
  readonly scriptResults: readonly Uint8Array[];
  /** The card wants its issuer to be told (9F27, bit 4). */
  readonly adviceRequired: boolean;
  /** The issuer approved, and it came to nothing. */
  readonly reversalRequired: boolean;
  readonly electronicCash?:
    | {
        /** After this transaction, in the smallest unit, where the card told it. */
        readonly balance?: number | undefined;
        /** 9F74, for the clearing message. */
        readonly authorizationCode: Uint8Array;
      }
    | undefined;
  readonly messages: readonly ContactMessage[];
  /** Every data object exchanged: the card's, and the terminal's as it sent them. */
  readonly data: DataMap;
  /** In the order in which they were read. */
  readonly records: readonly TransactionRecord[];
  /** 5 bytes (95). */
  readonly terminalVerificationResults: Uint8Array;
  /** 2 bytes (9B). */
  readonly transactionStatusInformation: Uint8Array;
}

/** How a contact transaction can end. */
export type ContactEnding = Omit<Ending, 'outcome' | 'tryAnotherInterface'> & Pick<ContactOutcome, 'outcome'>;

export const endAs = (outcome: ContactOutcome['outcome'], reason: OutcomeReason): ContactEnding => ({
  ok: false,
  outcome,
  reason,
});
