import { type Kysely, sql } from 'kysely';
import { DAY_MS, shanghaiDay } from '../../calendar/shanghai.js';
import { type Reach, whereReachable } from '../people/index.js';
import type { CardEventsTable, CardOrdersTable, Tables } from '../storage/index.js';
import { readEvents, subjectOfCard, subjectOfOrder } from './card-event.js';
import type { OrderState } from './card-life.js';
import type { CardPolicy } from './card-policy-schema.js';
import { subjectOfFee } from './fee-state.js';
import { type CardOrder, toOrders } from './order-view.js';

/** What wants a look: not ready though the day is over, or ready and left lying. */
export const lateKinds = ['overdue', 'uncollected'] as const;

export interface OrderQuery {
  /** 1 to 1000, and one more to see whether there are others. */
  readonly limit: number;
  /** Behind this order. */
  readonly after?: string | undefined;
  readonly member?: string | undefined;
  readonly bank?: string | undefined;
  readonly kind?: CardOrdersTable['kind'] | undefined;
  readonly state?: OrderState | undefined;
  readonly late?: (typeof lateKinds)[number] | undefined;
}

/** Orders in reach, in order of their ids. */
export async function readOrders(
  kysely: Kysely<Tables>,
  { reach, policy, now }: { readonly reach: Reach; readonly policy: CardPolicy; readonly now: Date },
  { limit, after = '', late, ...fields }: OrderQuery,
): Promise<CardOrder[]> {
  const all = kysely.selectFrom('card_orders').selectAll().where('card_orders.id', '>', after);
  let query =
    reach.kind === 'bank'
      ? all.where('card_orders.bank', '=', reach.bank)
      : whereReachable(all, reach, { member: 'card_orders.member' });
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) query = query.where(sql.ref(`card_orders.${field}`), '=', value);
  }
  if (late === 'overdue') {
    query = query
      .where('state', 'in', ['ordered', 'personalized'])
      .where('ready_from', '<', shanghaiDay(now.getTime()));
  }
  if (late === 'uncollected') {
    const since = now.getTime() - policy.collection.uncollectedAfterDays * DAY_MS;
    query = query.where('state', '=', 'ready').where('ready_at_ms', '<=', since);
  }
  return toOrders(kysely, await query.orderBy('card_orders.id').limit(limit).execute());
}

export interface CardEventView {
  /** Of the order, of its fee, or of the card. */
  readonly of: 'order' | 'fee' | 'card';
  readonly step: string;
  /** The state after it. */
  readonly state: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly by: string;
  readonly reason?: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What happened to an order and its fee. */
export const readOrderEvents = async (kysely: Kysely<Tables>, order: string): Promise<CardEventView[]> =>
  toViews(await readEvents(kysely, [subjectOfOrder(order), subjectOfFee(order)]));

/** What happened to a card: its orders and its own steps. */
export async function readCardLife(kysely: Kysely<Tables>, token: string): Promise<CardEventView[]> {
  const orders = await kysely
    .selectFrom('card_orders')
    .select('id')
    .where((eb) => eb.or([eb('card_token', '=', token), eb('replaces', '=', token)]))
    .execute();
  const subjects = orders.flatMap(({ id }) => [subjectOfOrder(id), subjectOfFee(id)]);
  return toViews(await readEvents(kysely, [...subjects, subjectOfCard(token)]));
}

/** In order of the instants from which they hold. */
const toViews = (events: readonly CardEventsTable[]): CardEventView[] =>
  [...events]
    .sort((one, other) => one.at_ms - other.at_ms || one.recorded_at_ms - other.recorded_at_ms)
    .map(({ subject, step, state, at, recorded_at_ms, by, reason, details }) => ({
      of: subject.slice(0, subject.indexOf(':')) as CardEventView['of'],
      step,
      state,
      at,
      recordedAt: new Date(recorded_at_ms).toISOString(),
      by,
      ...(reason !== null && { reason }),
      details: JSON.parse(details) as Record<string, unknown>,
    }));
