import type { CertificationAuthorityKeyStore } from '../../keys/index.js';
import type { DataMap } from '../../tlv/index.js';

/** What a terminal brings to a qPBOC transaction. */
export interface QpbocTerminal {
  /**
   * Terminal data by tag: 9F66 as it stands before preliminary processing, 9F02, 5F2A, 9A, 9C, 9F1A, 9F35 …; limits
   * DF19 (floor), DF20 (transaction), DF21 (cardholder verification), n12 each, and 9F1B; DF60 where the terminal has
   * the small-payment extension of part 14.
   */
  readonly data: DataMap;
  /** Names of applications that the terminal knows, whole or their first 5 bytes and more. Default: UnionPay's RID. */
  readonly applicationIdentifiers?: readonly Uint8Array[] | undefined;
  /** 4 bytes, 9F37. */
  readonly unpredictableNumber: Uint8Array;
  /** The terminal's day, YYYY-MM-DD. */
  readonly date: string;
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string> | undefined;
  /** `pan` in digits; `panSequenceNumber` two digits, `00` where the card has none. */
  readonly isInExceptionFile?: ((pan: string, panSequenceNumber: string) => boolean) | undefined;
  /** Whether an amount of one unit of currency is a status check, which goes online. Default: off. */
  readonly statusCheck?: boolean | undefined;
  /** When to ask the card for its electronic cash balance (GET DATA 9F79). Default: never. */
  readonly balanceInquiry?: 'before' | 'after' | 'before-and-after' | undefined;
  /**
   * Whether a data object may come again with the same value. The standard lets no tag come twice (JR/T 0025.12-2013
   * 7.5), cards in the field repeat 5F34. Default: allowed.
   */
  readonly repeatedData?: 'allowed' | 'refused' | undefined;
  /** Whether to add 9F29 of a directory entry to the name selected (EMV Contactless Book B 3.3.3). Default: off. */
  readonly extendedSelection?: boolean | undefined;
  /**
   * Checks that qPBOC does not know (JR/T 0025.12-2013 annex A) and debit/credit does (EMV 4.3 Book 3 §10.4); the
   * transaction is declined by one that fails. Default: none.
   */
  readonly processingRestrictions?: readonly ProcessingRestriction[] | undefined;
}

/** 9F08 against the terminal's 9F09; 9F07 and 5F28 against 9F1A, 9C, 9F35 and 9F40; 5F25 against the day. */
export type ProcessingRestriction = 'application-version' | 'usage-control' | 'effective-date';

/** What limits the use of a card while it is read. */
export type RestrictingTerminal = Pick<QpbocTerminal, 'date' | 'isInExceptionFile' | 'processingRestrictions'> & {
  readonly data?: DataMap | undefined;
};

/** UnionPay's registered application provider identifier. */
export const DEFAULT_APPLICATION_IDENTIFIERS: readonly Uint8Array[] = [Uint8Array.of(0xa0, 0x00, 0x00, 0x03, 0x33)];
