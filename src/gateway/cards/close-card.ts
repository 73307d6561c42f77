import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import type { CardStepRefused } from './card-step-refused.js';
import { endOrders } from './end-orders.js';
import { inSteps } from './in-steps.js';
import { recordStateFact } from './record-facts.js';
import { type CardStepTaken, type SteppedCard, takeCardStep } from './take-card-step.js';

export interface Closing extends CardStepTaken {
  readonly reason: string;
}

/** Closes a card for good, and ends the orders that it comes from; one in its stead goes on. */
export const closeCard = (options: CardOptions, closing: Closing): Promise<SteppedCard | CardStepRefused> =>
  inSteps(options, (transaction) => closeWithin(options, transaction, closing));

/**
 * The same within a transaction. `isItsOrderOpen`: the order that it comes from is ended by the caller. `isInAnyCase`: it
 * follows from something else, and its instant gives way to those of the steps before.
 */
export function closeWithin(
  options: CardOptions,
  transaction: Transaction<Tables>,
  closing: Closing,
  { isItsOrderOpen = false, isInAnyCase = false } = {},
): Promise<SteppedCard | CardStepRefused> {
  const { token } = closing;
  return takeCardStep(options, transaction, closing, {
    step: 'close',
    isInAnyCase,
    async work(_facts, at) {
      await recordStateFact(options, transaction, { token, state: 'closed', from: at });
      const ending = { by: closing.by, at, reason: closing.reason };
      if (!isItsOrderOpen) await endOrders(options, transaction, { card_token: token }, ending);
      return {};
    },
  });
}
