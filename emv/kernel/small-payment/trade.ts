import type { CappRecord } from '../../values/index.js';
import type { Ending } from '../transaction-outcome.js';
import type { RecordReference } from './port-request.js';
import type { SmallPaymentExchange } from './small-payment-exchange.js';

/** Values of the CAPP indicator (DF60, JR/T 0025.14-2013 annex D). */
export const cappIndicators = { none: 0, segmentDeduction: 1, preAuthorization: 2, completion: 3 } as const;
export type CappIndicator = (typeof cappIndicators)[keyof typeof cappIndicators];

/** Short file identifiers by trade (JR/T 0025.14-2013 annex C, B.2). */
export const cappFiles = { metro: 0x15, bus: 0x16, motorway: 0x17, parking: 0x18, rail: 0x19, cyclic: 0x1e } as const;

/** What a trade found on the card. */
export interface CappContents {
  /** Absent where the card has no such record. */
  readonly record?: CappRecord | undefined;
  /** Records of the cyclic file, newest first. */
  readonly rides: readonly Uint8Array[];
  /** Electronic cash (9F79) in the smallest unit, where the card told it. */
  readonly balance?: number | undefined;
}

/** A record to be written together with the debit; of the cyclic file its data only. */
export interface CappUpdate extends RecordReference {
  readonly record: Uint8Array;
}

/** What a trade wants of the transaction. */
export type TradeDecision =
  | {
      readonly kind: 'extended';
      readonly indicator: Exclude<CappIndicator, 0>;
      readonly amount: number;
      readonly updates: readonly CappUpdate[];
    }
  /** The card does without the extension: plain qPBOC, DF60 = 0. */
  | { readonly kind: 'plain'; readonly amount: number }
  | { readonly kind: 'refused'; readonly ending: Ending };

/** The rules of a trade (JR/T 0025.14-2013 7, annex E): what is read, what it costs, what is written. */
export interface Trade {
  readonly reference: Required<RecordReference>;
  /** Records of the cyclic file that are read, at most. */
  readonly ridesRead: number;
  /** Whether the balance is asked for before. */
  readonly needsBalance: boolean;
  /** Whether DF61 must promise pre-authorizations too. */
  readonly needsPreAuthorization: boolean;
  decide(found: CappContents): SmallPaymentExchange<TradeDecision>;
  /** What becomes of a card that has no extension, or no record of this trade. */
  decideWithout(): TradeDecision;
}
