import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { EventData, EventType } from './event-catalogue.js';

/** Something that has happened. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly type: Type;
  /** What it happened to: receivers are told of one subject in its order, as far as that can be. */
  readonly subject: string;
  /** Nothing of a person and no card number: it leaves the house. */
  readonly data: EventData<Type>;
  readonly at: Date;
}

const DIGITS = 32;

/** The same event has the same id, however often it is published. */
function idOf({ type, subject, data, at }: NewEvent): string {
  const text = JSON.stringify([type, subject, at.getTime(), data]);
  return `evt_${createHash('sha256').update(text).digest('hex').slice(0, DIGITS)}`;
}

/**
 * Tells those who want to know of an event, once the transaction is kept and only then. Writes nothing where nobody
 * wants its type; the same event again changes nothing.
 *
 * @example
 * await publish(transaction, { type: 'list.published', subject: 'deny', data: { list: 'deny', version: 7 }, at });
 */
export const publish = <Type extends EventType>(
  transaction: Transaction<Tables>,
  event: NewEvent<Type>,
): Promise<void> => publishAll(transaction, [event]);

/** The same of any number of events of one type. */
export async function publishAll<Type extends EventType>(
  transaction: Transaction<Tables>,
  events: readonly NewEvent<Type>[],
): Promise<void> {
  const [first] = events;
  if (!first) return;
  const webhooks = await transaction
    .selectFrom('webhooks')
    .select(['id', 'event_types', 'disabled_at_ms'])
    .orderBy('id')
    .execute();
  const wanting = webhooks.filter(({ event_types }) => (JSON.parse(event_types) as string[]).includes(first.type));
  if (wanting.length === 0) return;
  const open = wanting.filter(({ disabled_at_ms }) => disabled_at_ms === null);
  for (const event of events) {
    const id = await keepEvent(transaction, event);
    const deliveries = open.map((webhook) => ({
      webhookId: webhook.id,
      eventId: id,
      atMs: event.at.getTime(),
      round: 0,
    }));
    await queueDeliveries(transaction, deliveries, event.at);
  }
}

/** Keeps an event, wanted or not, and gives its id. */
export async function keepEvent(transaction: Transaction<Tables>, event: NewEvent): Promise<string> {
  const id = idOf(event);
  const { type, subject, data, at } = event;
  await transaction
    .insertInto('webhook_events')
    .values({ id, type, subject, data: JSON.stringify(data), at_ms: at.getTime() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

export interface NewDelivery {
  readonly webhookId: string;
  readonly eventId: string;
  readonly atMs: number;
  /** 0: told when it happened; any other number: the replay. */
  readonly round: number;
}

/** Puts events into the queues of those who want them; one that is there already stays as it is. */
export async function queueDeliveries(
  transaction: Transaction<Tables>,
  deliveries: readonly NewDelivery[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map(({ webhookId, eventId, atMs, round }) => ({
    id: `${webhookId.replace(/^wh_/, 'dlv_')}.${eventId.replace(/^evt_/, '')}.${round}`,
    webhook_id: webhookId,
    event_id: eventId,
    at_ms: atMs,
    state: 'pending' as const,
    attempts: 0,
    created_at_ms: now.getTime(),
    next_attempt_at_ms: now.getTime(),
    leased_until_ms: 0,
  }));
  await transaction
    .insertInto('webhook_deliveries')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
