/** What an issuer can tell a card (JR/T 0025.5-2013 17.6.2 and annex B). */
export type ScriptOrder =
  | { readonly kind: 'block-application' | 'unblock-application' | 'block-card' | 'unblock-pin' }
  /** With the present PIN the command is P2 = 01, without it P2 = 02. */
  | { readonly kind: 'change-pin'; readonly newPin: string; readonly currentPin?: string | undefined }
  /** `tag` and `value` in hex. */
  | { readonly kind: 'put-data'; readonly tag: string; readonly value: string }
  | {
      readonly kind: 'update-record';
      readonly shortFileIdentifier: number;
      readonly recordNumber: number;
      /** The whole record in hex. */
      readonly record: string;
    }
  /** The purse's balance becomes `balanceFen`; `amountFen` of it came from the account. */
  | { readonly kind: 'load-purse'; readonly balanceFen: number; readonly amountFen: number };

/** A script that went out with an answer; its identifier comes back with the result (9F18). */
export interface SentScript {
  /** 4 bytes in hex. */
  readonly identifier: string;
  readonly orders: readonly ScriptOrder[];
}
