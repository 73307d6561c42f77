import { returnFee } from './card-fees.js';
import type { CardOptions } from './card-options.js';
import { inSteps } from './in-steps.js';
import { type OrderStepTaken, takeOrderStep } from './take-order-step.js';
import { closeMade } from './take-over-card.js';

/** Cancels an order whose card was not collected: a card that was made is closed, and nobody owes a fee for it. */
export const cancelOrder = (options: CardOptions, taken: OrderStepTaken & { readonly reason: string }) =>
  inSteps(options, (transaction) =>
    takeOrderStep(options, transaction, taken, {
      step: 'cancel',
      content: {},
      async work(row, at) {
        await closeMade(options, transaction, row, { ...taken, at });
        await returnFee(options, transaction, row, { ...taken, at });
        return {};
      },
    }),
  );
