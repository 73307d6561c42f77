import { readFlags } from './read-flags.js';

/** What the terminal found (tag 95, 5 bytes; EMV 4.3 Book 3 Annex C5). */
export interface TerminalVerificationResults {
  /** Byte 1, bit 8: offline data authentication was not performed. */
  readonly offlineDataAuthenticationNotPerformed: boolean;
  /** Byte 1, bit 7: SDA failed. */
  readonly staticDataAuthenticationFailed: boolean;
  /** Byte 1, bit 6: ICC data missing. */
  readonly cardDataMissing: boolean;
  /** Byte 1, bit 5: card appears on the terminal exception file. */
  readonly onExceptionFile: boolean;
  /** Byte 1, bit 4: DDA failed. */
  readonly dynamicDataAuthenticationFailed: boolean;
  /** Byte 1, bit 3: CDA failed. */
  readonly combinedDataAuthenticationFailed: boolean;
  /** Byte 1, bit 2: SDA selected. */
  readonly staticDataAuthenticationSelected: boolean;
  /** Byte 2, bit 8: card and terminal have different application versions. */
  readonly applicationVersionsDiffer: boolean;
  /** Byte 2, bit 7: expired application. */
  readonly applicationExpired: boolean;
  /** Byte 2, bit 6: application not yet effective. */
  readonly applicationNotYetEffective: boolean;
  /** Byte 2, bit 5: requested service not allowed for the card product. */
  readonly serviceNotAllowed: boolean;
  /** Byte 2, bit 4: new card. */
  readonly newCard: boolean;
  /** Byte 3, bit 8: cardholder verification was not successful. */
  readonly cardholderVerificationFailed: boolean;
  /** Byte 3, bit 7: unrecognised CVM. */
  readonly unknownVerificationMethod: boolean;
  /** Byte 3, bit 6: PIN try limit exceeded. */
  readonly pinTriesExceeded: boolean;
  /** Byte 3, bit 5: PIN entry required and PIN pad not present or not working. */
  readonly pinPadMissing: boolean;
  /** Byte 3, bit 4: PIN entry required, PIN pad present, but PIN was not entered. */
  readonly pinNotEntered: boolean;
  /** Byte 3, bit 3: online PIN entered. */
  readonly onlinePinEntered: boolean;
  /** Byte 4, bit 8: transaction exceeds floor limit. */
  readonly floorLimitExceeded: boolean;
  /** Byte 4, bit 7: lower consecutive offline limit exceeded. */
  readonly lowerConsecutiveOfflineLimitExceeded: boolean;
  /** Byte 4, bit 6: upper consecutive offline limit exceeded. */
  readonly upperConsecutiveOfflineLimitExceeded: boolean;
  /** Byte 4, bit 5: transaction selected randomly for online processing. */
  readonly selectedRandomly: boolean;
  /** Byte 4, bit 4: merchant forced transaction online. */
  readonly merchantForcedOnline: boolean;
  /** Byte 5, bit 8: default TDOL used. */
  readonly defaultTransactionCertificateListUsed: boolean;
  /** Byte 5, bit 7: issuer authentication failed. */
  readonly issuerAuthenticationFailed: boolean;
  /** Byte 5, bit 6: script processing failed before final GENERATE AC. */
  readonly scriptFailedBeforeFinalCryptogram: boolean;
  /** Byte 5, bit 5: script processing failed after final GENERATE AC. */
  readonly scriptFailedAfterFinalCryptogram: boolean;
}

/** Throws `ValueError` for another length; reserved bits do not matter. */
export const readTerminalVerificationResults = (bytes: Uint8Array): TerminalVerificationResults =>
  readFlags('95', bytes);
