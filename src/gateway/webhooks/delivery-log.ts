import type { Kysely } from 'kysely';
import { groupBy } from '../group-by.js';
import type { Tables } from '../storage/index.js';

export interface DeliveryView {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly isReplay: boolean;
  readonly createdAt: string;
  readonly nextAttemptAt?: string;
  readonly attempts: readonly {
    readonly at: string;
    readonly durationMs: number;
    readonly outcome: string;
    readonly status?: number;
    readonly reason?: string;
  }[];
}

export interface DeliveryQuery {
  readonly webhookId: string;
  readonly state?: DeliveryView['state'] | undefined;
  readonly limit: number;
  /** Older than this delivery, by creation and id. */
  readonly after?: { readonly atMs: number; readonly id: string } | undefined;
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** What became of a receiver's deliveries, the youngest first. Nothing of what was in them. */
export async function readDeliveries(
  kysely: Kysely<Tables>,
  { webhookId, state, limit, after }: DeliveryQuery,
): Promise<readonly (DeliveryView & { readonly createdAtMs: number })[]> {
  let select = kysely
    .selectFrom('webhook_deliveries')
    .innerJoin('webhook_events', 'webhook_events.id', 'webhook_deliveries.event_id')
    .select(['webhook_deliveries.id as id', 'event_id', 'type', 'state', 'created_at_ms', 'next_attempt_at_ms'])
    .where('webhook_id', '=', webhookId)
    .orderBy('created_at_ms', 'desc')
    .orderBy('webhook_deliveries.id', 'desc')
    .limit(limit);
  if (state !== undefined) select = select.where('state', '=', state);
  if (after !== undefined) {
    select = select.where(({ eb, and, or }) =>
      or([
        eb('created_at_ms', '<', after.atMs),
        and([eb('created_at_ms', '=', after.atMs), eb('webhook_deliveries.id', '<', after.id)]),
      ]),
    );
  }
  const rows = await select.execute();
  const ids = rows.map(({ id }) => id);
  const attempts = await (ids.length === 0
    ? []
    : kysely.selectFrom('webhook_attempts').selectAll().where('delivery_id', 'in', ids).orderBy('attempt').execute());
  const attemptsOf = groupBy(attempts, ({ delivery_id }) => delivery_id);
  return rows.map((row) => ({
    id: row.id,
    eventId: row.event_id,
    type: row.type,
    state: row.state,
    isReplay: !row.id.endsWith('.0'),
    createdAt: instant(row.created_at_ms),
    createdAtMs: row.created_at_ms,
    ...(row.state === 'pending' && { nextAttemptAt: instant(row.next_attempt_at_ms) }),
    attempts: (attemptsOf.get(row.id) ?? []).map(({ at_ms, duration_ms, outcome, reason, status }) => ({
      at: instant(at_ms),
      durationMs: duration_ms,
      outcome,
      ...(status !== null && { status }),
      ...(reason !== null && { reason }),
    })),
  }));
}

/** How many deliveries wait, and since when the oldest does; what a disabled receiver is not sent does not wait. */
export async function readBacklog(kysely: Kysely<Tables>): Promise<{ pending: number; oldestMs: number | undefined }> {
  const { pending, oldest } = await kysely
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
    .select(({ fn }) => [
      fn.countAll<number>().as('pending'),
      fn.min<number | null>('webhook_deliveries.created_at_ms').as('oldest'),
    ])
    .where('state', '=', 'pending')
    .where('disabled_at_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return { pending, oldestMs: oldest ?? undefined };
}
