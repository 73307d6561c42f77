import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';

/** Which journeys are priced again. */
export interface RepriceQuery {
  /** Absent: every card. */
  readonly cardTokens?: readonly string[] | undefined;
  /** YYYY-MM-DD, both inclusive. */
  readonly fromServiceDay: string;
  readonly toServiceDay: string;
  /** Books nothing, and says what would be booked. */
  readonly dryRun?: boolean | undefined;
  /** Stops between two lots of cards; the report then says where to go on. */
  readonly signal?: AbortSignal | undefined;
  /** A report that was stopped: goes on behind its last card, and counts on. */
  readonly since?: RepriceReport | undefined;
  /** Writes down how far it has come, in the transaction that came so far. */
  readonly keep?: ((transaction: Transaction<Tables>, report: RepriceReport) => Promise<void>) | undefined;
}

/** What pricing again came to. Amounts are what journeys cost more than was booked; below zero less. */
export interface RepriceReport {
  /** Cards with taps on these days. */
  readonly cards: number;
  /** Journeys that were priced again. */
  readonly journeys: number;
  /** Journeys whose price is another one, that are new, or that are no more. */
  readonly changed: number;
  readonly fareFen: number;
  readonly cardFen: number;
  /** In order of their names. */
  readonly sponsors: readonly { readonly sponsor: string; readonly amountFen: number }[];
  /** The first twenty that changed. */
  readonly examples: readonly RepricedJourney[];
  /** The card behind which it goes on; absent when all are done. */
  readonly next?: string;
}

export interface RepricedJourney {
  readonly journeyId: string;
  readonly serviceDay: string;
  /** Absent where the journey is new or is no more. */
  readonly before?: JourneyPrice;
  readonly after?: JourneyPrice;
}

export interface JourneyPrice {
  readonly tariff?: string;
  readonly fareFen: number;
  readonly netFen: number;
}

export const nothingRepriced: RepriceReport = {
  cards: 0,
  journeys: 0,
  changed: 0,
  fareFen: 0,
  cardFen: 0,
  sponsors: [],
  examples: [],
};
