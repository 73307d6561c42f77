import type { Transaction } from 'kysely';
import { unknownCard } from '../fares/index.js';
import type { Tables } from '../storage/index.js';
import { readCampaignUses } from './campaign-uses.js';
import type { BookingOptions } from './intake-options.js';
import { type BooksOfCards, priceSpans } from './price-spans.js';
import { readPriceSteps } from './price-steps.js';
import { type BookedTap, readJourneysIn, readSpans } from './read-spans.js';
import type { AskedTap, RepricedCard } from './repriced-card.js';

export type { BookedTap } from './read-spans.js';
export type { AskedTap, RepricedCard } from './repriced-card.js';

/**
 * Prices cards that are held, with the taps that are kept and those that are being accepted. `asked`: the taps whose
 * prices are asked for; what they cannot touch is not read.
 */
export async function priceCards(
  transaction: Transaction<Tables>,
  { readFareCards, ...fares }: BookingOptions,
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
    steps: (journeys) =>
      readPriceSteps(
        transaction,
        journeys.map(({ steps }) => steps),
      ),
  };
  const cardOf = (token: string) => cards.get(token) ?? unknownCard;
  return priceSpans(books, { ...fares, cardOf, isClosed }, tokens, accepted, asked);
}
