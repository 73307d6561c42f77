import { readFlags } from './read-flags.js';

/** What the card asks of the terminal (tag 9F6C, 2 bytes; JR/T 0025.12-2013 Annex C.1). */
export interface CardTransactionQualifiers {
  /** Byte 1, bit 8: online PIN required. */
  readonly onlinePinRequired: boolean;
  /** Byte 1, bit 7: signature required. */
  readonly signatureRequired: boolean;
  /** Byte 1, bit 6: go online if offline data authentication fails and the terminal can. */
  readonly onlineIfAuthenticationFails: boolean;
  /** Byte 1, bit 5: terminate if offline data authentication fails and the terminal has a contact interface. */
  readonly contactIfAuthenticationFails: boolean;
}

/** Throws `ValueError` for another length; reserved bits do not matter. */
export const readCardTransactionQualifiers = (bytes: Uint8Array): CardTransactionQualifiers => readFlags('9F6C', bytes);
