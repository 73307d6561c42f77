import type { Transaction } from 'kysely';
import type { Leaver } from '../membership/index.js';
import type { Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import type { CardStepRefused } from './card-step-refused.js';
import { type OrderedCard, type OrderRequest, orderCard } from './order-card.js';
import { withdrawCards } from './withdraw-cards.js';

/** Orders of cards and what happens to cards, as other rooms use them. */
export interface Cards {
  readonly options: CardOptions;
  /** Orders a new card within the caller's transaction; of a member who has one on order it gives that order. */
  orderCard(
    transaction: Transaction<Tables>,
    request: OrderRequest & { readonly kind: 'new' },
  ): Promise<OrderedCard | CardStepRefused>;
  /** What leaving means for the cards of members. */
  withdraw(transaction: Transaction<Tables>, leavers: readonly Leaver[], by: string): Promise<void>;
}

export const createCards = (options: CardOptions): Cards => ({
  options,
  orderCard: (transaction, request) => orderCard(options, transaction, request),
  withdraw: (transaction, leavers, by) => withdrawCards(options, transaction, leavers, by),
});
