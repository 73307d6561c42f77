import { readFlags } from './read-flags.js';

/** What the terminal can do and asks for in a contactless transaction (tag 9F66, 4 bytes; JR/T 0025.12-2013 table 3). */
export interface TerminalTransactionQualifiers {
  /** Byte 1, bit 8: contactless magnetic stripe data (MSD) supported. */
  readonly magneticStripeData: boolean;
  /** Byte 1, bit 7: contactless PBOC debit/credit supported. */
  readonly contactlessDebitCredit: boolean;
  /** Byte 1, bit 6: qPBOC supported. */
  readonly qpboc: boolean;
  /** Byte 1, bit 5: contact PBOC debit/credit supported. */
  readonly contactDebitCredit: boolean;
  /** Byte 1, bit 4: offline-only terminal. */
  readonly offlineOnly: boolean;
  /** Byte 1, bit 3: online PIN supported. */
  readonly onlinePin: boolean;
  /** Byte 1, bit 2: signature supported. */
  readonly signature: boolean;
  /** Byte 1, bit 1: offline data authentication for online authorizations supported. */
  readonly offlineAuthenticationForOnline: boolean;
  /** Byte 2, bit 8: online cryptogram required. */
  readonly onlineCryptogramRequired: boolean;
  /** Byte 2, bit 7: cardholder verification required. */
  readonly cardholderVerificationRequired: boolean;
  /** Byte 4, bit 8: fDDA version 01 supported. */
  readonly fddaVersion01: boolean;
}

/** Throws `ValueError` for another length; reserved bits do not matter. */
export const readTerminalTransactionQualifiers = (bytes: Uint8Array): TerminalTransactionQualifiers =>
  readFlags('9F66', bytes);
