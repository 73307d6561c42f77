import type { DataMap } from '../../emv/tlv/index.js';

/** What a terminal can ask the issuer for. */
export const authorizationKinds = ['purchase', 'cash', 'load', 'balance', 'maintenance'] as const;
export type AuthorizationKind = (typeof authorizationKinds)[number];

/** What a terminal sends, as its acquirer passes it on. */
export interface AuthorizationRequest {
  /** Data objects of the transaction, the card's and the terminal's, by tag. */
  readonly data: DataMap;
  /** `load` moves the amount from the account to the purse, `balance` moves nothing; `maintenance` takes an AAC, for scripts
   * alone; a purchase unless given. */
  readonly kind?: AuthorizationKind | undefined;
  /** Date of the transaction where the issuer is, YYYY-MM-DD. */
  readonly date: string;
  /** Online PIN: 8 bytes of format 0 under a 3DES zone key, or 16 of format 4 under an AES key. */
  readonly pinBlock?: Uint8Array | undefined;
  /** Authorization code for an approval, 6 characters (89). */
  readonly authorizationCode?: string | undefined;
}
