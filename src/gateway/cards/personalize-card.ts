import type { Transaction } from 'kysely';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { nameCard } from '../membership/index.js';
import { addCard, noChanges } from '../membership/membership-changes.js';
import { recordWithin } from '../membership/record-changes.js';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';
import { inSteps, isRefused } from './in-steps.js';
import {
  holdOrder,
  type OrderStepTaken,
  type OrderStepWork,
  type StepOutcome,
  type SteppedOrder,
  takeOrderStep,
} from './take-order-step.js';

/** What the bank tells of a card that it has made. The number becomes token and mask here, and is kept nowhere. */
export interface MadeCard {
  readonly pan?: string | undefined;
  /** PAN sequence number of an exchanged card; one more than before where it is not told. */
  readonly sequenceNumber?: number | undefined;
}

type Personalization = OrderStepTaken & MadeCard;

/** The bank tells the number of the card that it has made; of an exchange the number is known. */
export const personalizeCard = (options: CardOptions, request: Personalization) =>
  inSteps(options, (transaction) => personalize(options, transaction, request));

/** The card can be collected. Where the bank tells its number only now, it was made now as well. */
export function readyCard(options: CardOptions, request: Personalization): Promise<SteppedOrder | CardStepRefused> {
  return inSteps(options, async (transaction) => {
    const row = await holdOrder(options, transaction, request.order);
    if (row?.state === 'ordered') {
      const made = await personalize(options, transaction, request);
      if (isRefused(made)) return made;
    }
    const { pan, sequenceNumber, ...taken } = request;
    const content = contentOf(options, { pan, sequenceNumber });
    return takeOrderStep(options, transaction, taken, { step: 'ready', content, work: makeReady(options) });
  });
}

function personalize(options: CardOptions, transaction: Transaction<Tables>, request: Personalization) {
  const { pan, sequenceNumber, ...taken } = request;
  return takeOrderStep(options, transaction, taken, {
    step: 'personalize',
    content: contentOf(options, { pan, sequenceNumber }),
    work: async (row) =>
      row.kind === 'exchange'
        ? exchanged(options, row, { pan, sequenceNumber })
        : registered(options, transaction, row, pan),
  });
}

const contentOf = ({ tokenKey }: CardOptions, { pan, sequenceNumber }: MadeCard) => ({
  card: pan && nameCard(pan, tokenKey).token,
  sequenceNumber,
});

const makeReady =
  ({ cardPolicy: { ready } }: CardOptions): NonNullable<OrderStepWork['work']> =>
  async ({ ready_from }, at) => {
    if (!ready.isEarlyAllowed && shanghaiDay(Date.parse(at)) < ready_from) {
      return refuseStep('card-not-ready-yet', `it can be ready from ${ready_from} on`);
    }
    return { set: { ready_at_ms: Date.parse(at) } };
  };

function exchanged(
  { tokenKey }: CardOptions,
  row: CardOrdersTable,
  { pan, sequenceNumber }: MadeCard,
): StepOutcome | CardStepRefused {
  if (pan !== undefined && nameCard(pan, tokenKey).token !== row.card_token) return refuseStep('card-number-other');
  // The order was written with the number that comes after the one that is known.
  const next = row.sequence_number ?? 1;
  const told = sequenceNumber ?? next;
  if (told < next) return refuseStep('sequence-number-not-raised', `it is ${next} at least`);
  return { set: { sequence_number: told }, details: { sequenceNumber: told } };
}

/** A new card is its member's from the order on, and cannot be used before it is activated. */
async function registered(
  options: CardOptions,
  transaction: Transaction<Tables>,
  row: CardOrdersTable,
  pan: string | undefined,
): Promise<StepOutcome | CardStepRefused> {
  if (pan === undefined) return refuseStep('card-number-missing');
  const { token, mask } = nameCard(pan, options.tokenKey);
  if (token === row.replaces) return refuseStep('card-number-same');
  const known = await transaction.selectFrom('cards').select('card_token').where('card_token', '=', token).execute();
  if (known.length > 0) return refuseStep('card-number-taken');
  const changes = noChanges();
  const states = [{ state: 'inactive' as const, from: row.ordered_at }];
  const { member, bank } = row;
  addCard(changes, { pan, bank, generation: 'pboc3', member, states }, { index: 0 }, options.tokenKey);
  await recordWithin(options, transaction, changes);
  return { set: { card_token: token }, details: { card: mask } };
}
