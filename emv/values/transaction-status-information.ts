import { readFlags } from './read-flags.js';

/** Which functions were performed (tag 9B, 2 bytes; EMV 4.3 Book 3 Annex C6). */
export interface TransactionStatusInformation {
  /** Byte 1, bit 8: offline data authentication was performed. */
  readonly offlineDataAuthentication: boolean;
  /** Byte 1, bit 7: cardholder verification was performed. */
  readonly cardholderVerification: boolean;
  /** Byte 1, bit 6: card risk management was performed. */
  readonly cardRiskManagement: boolean;
  /** Byte 1, bit 5: issuer authentication was performed. */
  readonly issuerAuthentication: boolean;
  /** Byte 1, bit 4: terminal risk management was performed. */
  readonly terminalRiskManagement: boolean;
  /** Byte 1, bit 3: script processing was performed. */
  readonly scriptProcessing: boolean;
}

/** Throws `ValueError` for another length; reserved bits do not matter. */
export const readTransactionStatusInformation = (bytes: Uint8Array): TransactionStatusInformation =>
  readFlags('9B', bytes);
