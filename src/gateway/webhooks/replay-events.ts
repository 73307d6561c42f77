import type { GatewayDatabase } from '../storage/index.js';
import { REPLAY_MAX } from './limits.js';
import { queueDeliveries } from './publish.js';

export interface Replay {
  readonly webhookId: string;
  /** From this event on, itself included. */
  readonly fromEvent?: string | undefined;
  /** From this instant on. */
  readonly from?: string | undefined;
  /** Before this instant. */
  readonly to?: string | undefined;
}

export interface Replayed {
  /** How many events are on their way again. */
  readonly events: number;
  /** The first event that was too much for one replay: where the next one begins. */
  readonly next?: string;
}

const TOGETHER = 500;

/**
 * Delivers kept events of the types that a receiver wants again, in their order, under their old ids. `undefined`
 * where there is no such receiver or event.
 */
export function replayEvents(
  database: GatewayDatabase,
  { webhookId, fromEvent, from, to }: Replay,
  now: Date,
): Promise<Replayed | undefined> {
  return database.inTransaction(async (transaction) => {
    const webhook = await transaction
      .selectFrom('webhooks')
      .select('event_types')
      .where('id', '=', webhookId)
      .executeTakeFirst();
    if (!webhook) return undefined;
    let select = transaction
      .selectFrom('webhook_events')
      .select(['id', 'at_ms'])
      .where('type', 'in', JSON.parse(webhook.event_types) as string[])
      .orderBy('at_ms')
      .orderBy('id')
      .limit(REPLAY_MAX + 1);
    if (from !== undefined) select = select.where('at_ms', '>=', Date.parse(from));
    if (to !== undefined) select = select.where('at_ms', '<', Date.parse(to));
    if (fromEvent !== undefined) {
      const first = await transaction
        .selectFrom('webhook_events')
        .select('at_ms')
        .where('id', '=', fromEvent)
        .executeTakeFirst();
      if (!first) return undefined;
      select = select.where(({ eb, and, or }) =>
        or([eb('at_ms', '>', first.at_ms), and([eb('at_ms', '=', first.at_ms), eb('id', '>=', fromEvent)])]),
      );
    }
    const found = await select.execute();
    const events = found.slice(0, REPLAY_MAX);
    const round = now.getTime();
    for (let start = 0; start < events.length; start += TOGETHER) {
      const deliveries = events
        .slice(start, start + TOGETHER)
        .map(({ id, at_ms }) => ({ webhookId, eventId: id, atMs: at_ms, round }));
      await queueDeliveries(transaction, deliveries, now);
    }
    const next = found[REPLAY_MAX]?.id;
    return { events: events.length, ...(next !== undefined && { next }) };
  });
}
