import type { Transaction } from 'kysely';
import { type FareCard, type PricedCard, unknownCard } from '../fares/index.js';
import type { JourneysTable, Tables } from '../storage/index.js';
import { type ChangedUse, readCampaignUses } from './campaign-uses.js';
import type { IntakeOptions } from './intake-options.js';
import { type BooksOfCards, priceSpans } from './price-spans.js';
import { type BookedTap, readJourneysIn, readSpans } from './read-spans.js';

export type { BookedTap } from './read-spans.js';

export type AskedTap = Pick<BookedTap, 'cardToken' | 'service' | 'at'> & {
  /** Whether it has just been set aside or let back: its neighbours are not what they were. */
  readonly isMoved?: boolean;
};

/** One card as its taps stand now, beside what is kept of its journeys. */
export interface RepricedCard {
  readonly cardToken: string;
  /** What is known of it, as its price sees it. */
  readonly card: FareCard;
  readonly taps: ReadonlyMap<string, BookedTap>;
  readonly priced: PricedCard;
  readonly keptJourneys: readonly JourneysTable[];
  /** How often campaigns are used now on days on which it was not so before. */
  readonly uses: readonly ChangedUse[];
}

/**
 * Prices cards that are held, with the taps that are kept and those that are being accepted. `asked`: the taps whose
 * prices are asked for; what they cannot touch is not read.
 */
export async function priceCards(
  transaction: Transaction<Tables>,
  { readFareCards, ...fares }: IntakeOptions,
  tokens: readonly string[],
  accepted: readonly BookedTap[],
  asked: readonly AskedTap[],
  isClosed: (serviceDay: string) => boolean,
): Promise<RepricedCard[]> {
  const cards = await readFareCards(transaction, tokens);
  const books: BooksOfCards = {
    spans: (spans) => readSpans(transaction, spans),
    journeysIn: (spans) => readJourneysIn(transaction, spans),
    campaignUses: (of) => readCampaignUses(transaction, of),
  };
  const cardOf = (token: string) => cards.get(token) ?? unknownCard;
  return priceSpans(books, { ...fares, cardOf, isClosed }, tokens, accepted, asked);
}
