import { readFlags } from './read-flags.js';

/** What the card supports (tag 82, 2 bytes; EMV 4.3 Book 3 Annex C1). */
export interface ApplicationInterchangeProfile {
  /** Byte 1, bit 7: SDA supported. */
  readonly staticDataAuthentication: boolean;
  /** Byte 1, bit 6: DDA supported. */
  readonly dynamicDataAuthentication: boolean;
  /** Byte 1, bit 5: cardholder verification supported. */
  readonly cardholderVerification: boolean;
  /** Byte 1, bit 4: terminal risk management to be performed. */
  readonly terminalRiskManagement: boolean;
  /** Byte 1, bit 3: issuer authentication by EXTERNAL AUTHENTICATE supported. */
  readonly issuerAuthentication: boolean;
  /** Byte 1, bit 1: CDA supported. */
  readonly combinedDataAuthentication: boolean;
  /** Byte 2, bit 8: contactless debit/credit with magnetic stripe data supported. */
  readonly magneticStripeData: boolean;
}

/** Throws `ValueError` for another length; reserved bits do not matter. */
export const readApplicationInterchangeProfile = (bytes: Uint8Array): ApplicationInterchangeProfile =>
  readFlags('82', bytes);
