import { type Reach, whereReachable } from '../../people/index.js';
import type { CardOrdersTable } from '../../storage/index.js';
import { allowedSteps, type OrderState, type OrderStep, orderLife } from '../card-life.js';
import type { CardOptions } from '../card-options.js';
import { type CardStepRefused, refuseStep } from '../card-step-refused.js';

/** Which order a row means: by its id, or as the one of a member of which a step can be taken. */
export interface NamedOrder {
  readonly order?: string | undefined;
  readonly member?: string | undefined;
}

type Found = Pick<CardOrdersTable, 'id' | 'member' | 'state' | 'ordered_at_ms'>;

/**
 * The order that is named, where it is in reach: a bank's tellers reach the orders of their bank. Of a member's orders the
 * one of which a step can be taken; where there is none, the last one, which knows whether it was taken before.
 */
export async function findOrder(
  { database: { kysely } }: CardOptions,
  reach: Reach,
  { order, member }: NamedOrder,
  steps: readonly OrderStep[],
): Promise<string | CardStepRefused> {
  let named = kysely.selectFrom('card_orders').select(['id', 'card_orders.member', 'state', 'ordered_at_ms']);
  if (order !== undefined) named = named.where('id', '=', order);
  if (member !== undefined) named = named.where('card_orders.member', '=', member);
  const inReach =
    reach.kind === 'bank'
      ? named.where('bank', '=', reach.bank)
      : whereReachable(named, reach, { member: 'card_orders.member' });
  const found: readonly Found[] = await inReach.execute();
  const fitting = found.filter(({ state }) =>
    allowedSteps(orderLife, state as OrderState).some((step) => steps.includes(step)),
  );
  if (fitting.length > 1)
    return refuseStep('card-order-unclear', `name one of ${fitting.map(({ id }) => id).join(', ')}`);
  const [one] = fitting.length > 0 ? fitting : [...found].sort((a, b) => b.ordered_at_ms - a.ordered_at_ms);
  return one?.id ?? refuseStep(order === undefined ? 'card-order-none' : 'card-order-unknown');
}
