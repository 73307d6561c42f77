import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase, Tables } from '../storage/index.js';

/** A delivery in this process's hands until its lease runs out. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly eventId: string;
  readonly type: string;
  readonly subject: string;
  readonly data: string;
  readonly atMs: number;
  /** When the lease runs out, by which a claim is told from those after it. */
  readonly leasedUntilMs: number;
}

export interface Claim {
  readonly url: string;
  readonly sealedSecrets: readonly Uint8Array[];
  readonly deliveries: readonly ClaimedDelivery[];
}

/** Longer than all that one process takes at once can take to time out. */
export const LEASE_MS = 120_000;
const TOGETHER_MAX = 20;
const WEBHOOKS_TOGETHER_MAX = 100;

/** The receivers for whom something is due. */
export async function webhooksDue(kysely: Kysely<Tables>, nowMs: number): Promise<readonly string[]> {
  const rows = await kysely
    .selectFrom('webhooks')
    .select('id')
    .where('disabled_at_ms', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhook_deliveries')
          .select(sql`1`.as('one'))
          .whereRef('webhook_deliveries.webhook_id', '=', 'webhooks.id')
          .where('state', '=', 'pending')
          .where('next_attempt_at_ms', '<=', nowMs)
          .where('leased_until_ms', '<=', nowMs),
      ),
    )
    .orderBy('id')
    .limit(WEBHOOKS_TOGETHER_MAX)
    .execute();
  return rows.map(({ id }) => id);
}

/** Takes what is due for a receiver, oldest first, so that no other process sends it meanwhile. */
export function claimDeliveries(
  database: GatewayDatabase,
  webhookId: string,
  nowMs: number,
): Promise<Claim | undefined> {
  return database.inTransaction(async (transaction) => {
    const webhook = await transaction
      .selectFrom('webhooks')
      .select(['url', 'secret', 'previous_secret', 'previous_until_ms'])
      .where('id', '=', webhookId)
      .where('disabled_at_ms', 'is', null)
      .executeTakeFirst();
    if (!webhook) return undefined;
    const due = transaction
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('webhook_id', '=', webhookId)
      .where('state', '=', 'pending')
      .where('next_attempt_at_ms', '<=', nowMs)
      .where('leased_until_ms', '<=', nowMs)
      .orderBy('at_ms')
      .orderBy('id')
      .limit(TOGETHER_MAX);
    const ids = await (database.kind === 'postgresql' ? due.forUpdate().skipLocked() : due).execute();
    if (ids.length === 0) return undefined;
    const claimed = ids.map(({ id }) => id);
    await transaction
      .updateTable('webhook_deliveries')
      .set({ leased_until_ms: nowMs + LEASE_MS })
      .where('id', 'in', claimed)
      .execute();
    const { secret, previous_secret, previous_until_ms } = webhook;
    const isOverlapping = previous_secret !== null && previous_until_ms !== null && previous_until_ms > nowMs;
    return {
      url: webhook.url,
      sealedSecrets: isOverlapping ? [secret, previous_secret] : [secret],
      deliveries: await readClaimed(transaction, claimed),
    };
  });
}

function readClaimed(kysely: Kysely<Tables>, ids: readonly string[]): Promise<ClaimedDelivery[]> {
  return kysely
    .selectFrom('webhook_deliveries')
    .innerJoin('webhook_events', 'webhook_events.id', 'webhook_deliveries.event_id')
    .select([
      'webhook_deliveries.id as id',
      'attempts',
      'created_at_ms as createdAtMs',
      'event_id as eventId',
      'type',
      'subject',
      'data',
      'webhook_events.at_ms as atMs',
      'leased_until_ms as leasedUntilMs',
    ])
    .where('webhook_deliveries.id', 'in', ids)
    .orderBy('webhook_events.at_ms')
    .orderBy('webhook_deliveries.id')
    .execute();
}

/**
 * Gives back what was not sent, so that another process need not wait for the lease to run out: of one claim, as far as it
 * holds.
 */
export async function releaseDeliveries(kysely: Kysely<Tables>, deliveries: readonly ClaimedDelivery[]): Promise<void> {
  const [first] = deliveries;
  if (!first) return;
  const ids = deliveries.map(({ id }) => id);
  await kysely
    .updateTable('webhook_deliveries')
    .set({ leased_until_ms: 0 })
    .where('id', 'in', ids)
    .where('leased_until_ms', '=', first.leasedUntilMs)
    .where('state', '=', 'pending')
    .execute();
}
