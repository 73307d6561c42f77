import type { Transaction } from 'kysely';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import { allowedSteps, cardLife } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { cardStateAt, holdCardFacts } from './card-state.js';
import { type CardStepRefused, refuseStep, stepNotAllowed } from './card-step-refused.js';
import { closeWithin } from './close-card.js';
import { readMask } from './collect-card.js';
import { inSteps, orUndo } from './in-steps.js';
import { recordExchangeFact, recordStateFact } from './record-facts.js';
import { takeCardStep } from './take-card-step.js';
import { type OrderStepTaken, type SteppedOrder, takeOrderStep } from './take-order-step.js';

/** The member has looked at number and name of the card; the number is held against what the bank told. */
export const checkCard = (
  options: CardOptions,
  { lastDigits, ...taken }: OrderStepTaken & { readonly lastDigits: string },
) =>
  inSteps(options, (transaction) =>
    takeOrderStep(options, transaction, taken, {
      step: 'check',
      content: { lastDigits },
      async work({ card_token }) {
        const mask = await readMask(transaction, card_token);
        if (!mask.endsWith(lastDigits)) return refuseStep('check-mismatch');
        return { details: { number: 'right', name: 'right' } };
      },
    }),
  );

/** The member gives the card back: it is closed, and another one can be ordered. An old card that was to be exchanged stays. */
export const rejectCard = (options: CardOptions, taken: OrderStepTaken & { readonly reason: string }) =>
  inSteps(options, (transaction) =>
    takeOrderStep(options, transaction, taken, {
      step: 'reject',
      content: {},
      async work(row, at) {
        await closeMade(options, transaction, row, { ...taken, at });
        return {};
      },
    }),
  );

/** The member has activated the card and set its password, which is told and never the password itself. */
export const activateCard = (options: CardOptions, taken: OrderStepTaken): Promise<SteppedOrder | CardStepRefused> =>
  inSteps(options, (transaction) =>
    takeOrderStep(options, transaction, taken, {
      step: 'activate',
      content: { isPasswordSet: true },
      work: (row, at) =>
        row.kind === 'exchange'
          ? exchange(options, transaction, row, at)
          : bringIntoUse(options, transaction, row, { ...taken, at }),
    }),
  );

/** Nothing is left of a card that was made and never used. */
export async function closeMade(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { kind, card_token }: CardOrdersTable,
  { by, at, reason }: { readonly by: string; readonly at: string; readonly reason: string },
  { isInAnyCase = false } = {},
): Promise<void> {
  if (kind === 'exchange' || card_token === null) return;
  const closing = { token: card_token, by, at, reason };
  orUndo(await closeWithin(options, transaction, closing, { isItsOrderOpen: true, isInAnyCase }));
}

async function exchange(options: CardOptions, transaction: Transaction<Tables>, row: CardOrdersTable, at: string) {
  const { card_token: token, sequence_number } = row;
  const facts = await holdCardFacts(options, transaction, token!);
  const state = facts ? cardStateAt(facts, at) : 'closed';
  if (state !== 'active') return stepNotAllowed('activate', state, allowedSteps(cardLife, state));
  const mask = await readMask(transaction, token);
  const sequenceNumber = sequence_number ?? 1;
  await recordExchangeFact(options, transaction, { token: token!, mask, from: at, sequenceNumber });
  return { details: { password: 'set', generation: 'pboc3', sequenceNumber } };
}

/** A card that takes the place of a lost one ends that one for good. */
async function bringIntoUse(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { card_token, replaces }: CardOrdersTable,
  taken: Omit<OrderStepTaken, 'order'> & { readonly at: string },
) {
  const token = card_token!;
  const { by, at } = taken;
  const activated = await takeCardStep(
    options,
    transaction,
    { token, by, at },
    {
      step: 'activate',
      async work() {
        await recordStateFact(options, transaction, { token, state: 'active', from: at });
        return { password: 'set' };
      },
    },
  );
  if (activated.result === 'refused') return activated;
  if (replaces !== null) {
    // One that was closed already stays so.
    await closeWithin(options, transaction, { token: replaces, by, at, reason: 'another card is used in its stead' });
  }
  return { details: { password: 'set' } };
}
