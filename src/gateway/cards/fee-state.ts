import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { FeeState } from './card-life.js';

export const subjectOfFee = (order: string): string => `fee:${order}`;

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

/** How the fees of orders stand, by order; an order without one is missing. */
export async function readFeeStates(reader: Reader, orders: readonly string[]): Promise<ReadonlyMap<string, FeeState>> {
  if (orders.length === 0) return new Map();
  const rows = await reader
    .selectFrom('card_events')
    .select(['subject', 'state'])
    .where('subject', 'in', orders.map(subjectOfFee))
    .orderBy('subject')
    .orderBy('number')
    .execute();
  return new Map(rows.map(({ subject, state }) => [subject.slice(subjectOfFee('').length), state as FeeState]));
}

export const readFeeState = async (reader: Reader, order: string): Promise<FeeState | undefined> =>
  (await readFeeStates(reader, [order])).get(order);
