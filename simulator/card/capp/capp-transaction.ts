/** Which record of the CAPP files was read or is to be written. */
export interface CappPlace {
  readonly shortFileIdentifier: number;
  /** Two bytes in hex; empty for a cyclic file. */
  readonly identifier: string;
  /** Among the records of its file. */
  readonly index: number;
}

/** The cases of DF60 (JR/T 0025.14-2013 5 and 6). */
export const cappIndicators = { 1: 'segment-deduction', 2: 'pre-authorization', 3: 'completion' } as const;
export type CappIndicator = (typeof cappIndicators)[keyof typeof cappIndicators];

export interface CappUpdate {
  readonly place: CappPlace;
  readonly bytes: string;
}

/** A transaction of the small-payment extension between GET PROCESSING OPTIONS and the last record. */
export interface CappTransaction {
  readonly indicator: CappIndicator;
  /** The record that was read last before the transaction. */
  readonly lastRead: CappPlace | undefined;
  readonly updates: readonly CappUpdate[];
  /** An UPDATE CAPP DATA CACHE was refused. */
  readonly hasFailed: boolean;
  /** The amount beyond the balance does not stay below the offset limit (JR/T 0025.14-2013 5.2.7). */
  readonly exceedsOffset: boolean;
}

export const samePlace = (
  one: CappPlace | undefined,
  other: Pick<CappPlace, 'shortFileIdentifier' | 'identifier'>,
): one is CappPlace => one?.shortFileIdentifier === other.shortFileIdentifier && one.identifier === other.identifier;
