import type { Kysely } from 'kysely';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import { allowedSteps, type FeeState, type OrderState, type OrderStep, orderLife } from './card-life.js';
import { readFeeStates } from './fee-state.js';

export interface CardOrder {
  readonly order: string;
  readonly member: string;
  readonly bank: string;
  readonly kind: CardOrdersTable['kind'];
  readonly state: OrderState;
  /** The steps that the state allows. */
  readonly allowed: readonly OrderStep[];
  readonly orderedAt: string;
  /** The day from which on it can be ready. */
  readonly readyFrom: string;
  /** Weekends alone were counted: the calendar of holidays does not reach so far. */
  readonly isReadyFromAssumed: boolean;
  readonly readyAt?: string;
  readonly cardToken?: string;
  readonly cardMask?: string;
  readonly replaces?: string;
  readonly sequenceNumber?: number;
  /** 0: it costs nothing. */
  readonly feeFen: number;
  readonly feeState?: FeeState;
}

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

export async function readOrder(reader: Reader, id: string): Promise<CardOrder | undefined> {
  const rows = await reader.selectFrom('card_orders').selectAll().where('id', '=', id).execute();
  return (await toOrders(reader, rows))[0];
}

/** Rows as orders, in the same order, with the masks of their cards. */
export async function toOrders(reader: Reader, rows: readonly CardOrdersTable[]): Promise<CardOrder[]> {
  const tokens = rows.flatMap(({ card_token }) => card_token ?? []);
  const cards =
    tokens.length === 0
      ? []
      : await reader
          .selectFrom('cards')
          .select(['card_token', 'card_mask'])
          .where('card_token', 'in', tokens)
          .execute();
  const maskOf = new Map(cards.map(({ card_token, card_mask }) => [card_token, card_mask]));
  const withFee = rows.filter(({ fee_fen }) => fee_fen > 0).map(({ id }) => id);
  const feeOf = await readFeeStates(reader, withFee);
  return rows.map((row) => toOrder(row, maskOf.get(row.card_token ?? ''), feeOf.get(row.id)));
}

function toOrder(row: CardOrdersTable, mask: string | undefined, feeState: FeeState | undefined): CardOrder {
  const state = row.state as OrderState;
  return {
    order: row.id,
    member: row.member,
    bank: row.bank,
    kind: row.kind,
    state,
    allowed: allowedSteps(orderLife, state),
    orderedAt: row.ordered_at,
    readyFrom: row.ready_from,
    isReadyFromAssumed: row.is_assumed === 1,
    ...(row.ready_at_ms !== null && { readyAt: new Date(row.ready_at_ms).toISOString() }),
    ...(row.card_token !== null && { cardToken: row.card_token }),
    ...(mask !== undefined && { cardMask: mask }),
    ...(row.replaces !== null && { replaces: row.replaces }),
    ...(row.sequence_number !== null && { sequenceNumber: row.sequence_number }),
    feeFen: row.fee_fen,
    ...(feeState !== undefined && { feeState }),
  };
}
