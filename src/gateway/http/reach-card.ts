import type { CardOptions, CardOrder } from '../cards/index.js';
import { readOrder } from '../cards/index.js';
import { isCardReachable, isReachable, type Reach } from '../people/index.js';
import { Problem } from './problem.js';

type Books = Pick<CardOptions, 'database'>;

/** The order, where it is in reach: a bank's tellers reach the orders of their bank. Throws Problem `not-found`. */
export async function reachOrder({ database: { kysely } }: Books, reach: Reach, id: string): Promise<CardOrder> {
  const order = await readOrder(kysely, id);
  const isInReach =
    order !== undefined &&
    (reach.kind === 'bank' ? reach.bank === order.bank : await isReachable(kysely, reach, order.member));
  if (!isInReach) throw new Problem('not-found');
  return order;
}

/** Throws Problem `not-found` where a card is out of reach. */
export async function reachCard({ database: { kysely } }: Books, reach: Reach, token: string): Promise<void> {
  const bankOf = kysely.selectFrom('cards').select('bank').where('card_token', '=', token);
  const isInReach =
    reach.kind === 'bank'
      ? (await bankOf.executeTakeFirst())?.bank === reach.bank
      : await isCardReachable(kysely, reach, token);
  if (!isInReach) throw new Problem('not-found');
}
