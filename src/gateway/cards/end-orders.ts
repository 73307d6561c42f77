import type { Transaction } from 'kysely';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import { returnFee } from './card-fees.js';
import { type OrderState, orderLife, stateAfter } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { orUndo } from './in-steps.js';
import { holdOrder, takeOrderStep } from './take-order-step.js';

export interface Ending {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

/** Which open orders: a member's, or those that a card comes from. */
export type OpenOrders = Partial<Pick<CardOrdersTable, 'member' | 'card_token'>>;

/**
 * Ends open orders: cancelled where nobody has collected the card yet, ended where somebody has. `endCard`: what becomes
 * of the card that an order was for.
 */
export async function endOrders(
  options: CardOptions,
  transaction: Transaction<Tables>,
  of: OpenOrders,
  ending: Ending,
  endCard?: (held: CardOrdersTable, ending: Ending) => Promise<void>,
): Promise<readonly string[]> {
  let query = transaction.selectFrom('card_orders').select('id').where('open_key', 'is not', null).orderBy('id');
  for (const [column, value] of Object.entries(of)) query = query.where(column as keyof OpenOrders, '=', value);
  const orders = (await query.execute()).map(({ id }) => id);
  for (const order of orders) {
    const row = await holdOrder(options, transaction, order);
    const state = row?.state as OrderState;
    const step = (['cancel', 'end'] as const).find((each) => stateAfter(orderLife, state, each) !== undefined);
    if (!row || !step) continue;
    orUndo(
      await takeOrderStep(
        options,
        transaction,
        { order, ...ending },
        {
          step,
          content: {},
          isInAnyCase: true,
          work: async (held, at) => {
            await endCard?.(held, { ...ending, at });
            await returnFee(options, transaction, held, { ...ending, at });
            return {};
          },
        },
      ),
    );
  }
  return orders;
}
