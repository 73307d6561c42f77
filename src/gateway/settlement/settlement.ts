export type PartyKind = 'operator' | 'sponsor';

export type SettlementState = 'created' | 'sent' | 'acknowledged' | 'rejected' | 'resubmitted';

export type FileFormat = 'csv' | 'json';

/**
 * What a settlement comes to. grossFen = cardFen + sponsorFen + otherFen: what the operator earned, and who pays it.
 * Of a sponsor all is `sponsorFen`.
 */
export interface SettlementTotals {
  readonly lines: number;
  readonly grossFen: number;
  readonly cardFen: number;
  readonly sponsorFen: number;
  /** From corrections alone: fees and what else was put against the operator. */
  readonly otherFen: number;
  /** What cards paid of it at the taps. */
  readonly debitedFen: number;
  /** What changes hands: owed to the operator, or by the sponsor. */
  readonly amountFen: number;
}

/** What a settlement's files say of it before their lines. */
export interface SettlementHead {
  readonly id: string;
  readonly number: number;
  readonly serviceDay: string;
  readonly partyKind: PartyKind;
  readonly party: string;
  /** The settlement that was rejected and is handed in again with this one. */
  readonly resubmits: string | undefined;
}

/** One line of a settlement: a charge of a journey, or a transaction of the ledger. */
export interface SettlementLine {
  readonly record: 'charge' | 'transaction';
  /** Journey or transaction. */
  readonly reference: string;
  /** Of the charge; 0 for a transaction. */
  readonly revision: number;
  readonly kind: string;
  /** Empty for a transaction. */
  readonly service: string;
  /** The operator, in a sponsor's settlement; else empty. */
  readonly operator: string;
  readonly grossFen: number;
  readonly cardFen: number;
  readonly sponsorFen: number;
  readonly otherFen: number;
  readonly debitedFen: number;
  /** Why, of a transaction. */
  readonly reason: string;
}

export interface SettlementEvent {
  readonly state: SettlementState;
  readonly at: string;
  readonly by: string;
  readonly reason?: string;
}

export interface SettlementView extends Omit<SettlementHead, 'resubmits'> {
  readonly resubmits?: string;
  readonly state: SettlementState;
  readonly createdAt: string;
  readonly totals: SettlementTotals;
  /** SHA-256 of each file, and of the party's file before it; empty where there is none. */
  readonly files: Readonly<Record<FileFormat, { readonly sha256: string; readonly previousSha256: string }>>;
  readonly events: readonly SettlementEvent[];
}
