export const differenceKinds = [
  'missing-here',
  'missing-there',
  'amount-differs',
  'day-differs',
  'doubled',
  'refused-here',
] as const;

export type DifferenceKind = (typeof differenceKinds)[number];

/** Where the operator's file and the books do not say the same. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly terminal: string;
  readonly sequence: number;
  /** In the operator's file; 0 where it has no such record. */
  readonly theirsFen: number;
  /** In our books of the day; 0 where they have nothing. */
  readonly oursFen: number;
  readonly line?: number;
  readonly journeyId?: string;
  /** Why the tap was refused, or in whose books it is. */
  readonly reason?: string;
}

export interface ReconciliationSummary {
  readonly operator: string;
  readonly serviceDay: string;
  /** Whether the day is closed, so that our side stays. */
  readonly closed: boolean;
  /** What was compared: fares, or what cards paid at the taps. */
  readonly amounts: Amounts;
  readonly agrees: boolean;
  readonly theirs: { readonly records: number; readonly amountFen: number };
  readonly ours: { readonly journeys: number; readonly amountFen: number };
  readonly differences: Readonly<Record<DifferenceKind, number>>;
}

export type Amounts = 'fare' | 'debited';
