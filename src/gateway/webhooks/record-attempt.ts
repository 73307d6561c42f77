import type { Transaction } from 'kysely';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { ClaimedDelivery } from './claim-deliveries.js';
import { ATTEMPTS_MAX } from './limits.js';
import type { AttemptResult } from './post-event.js';

export interface Attempt {
  readonly webhookId: string;
  readonly delivery: ClaimedDelivery;
  readonly result: AttemptResult;
  readonly at: Date;
  readonly durationMs: number;
  /** Until the next attempt, where there is one. */
  readonly delayMs: number;
}

type State = 'pending' | 'delivered' | 'dead';

/** A delivery as it stands when an attempt has been counted. */
interface Held {
  readonly state: State;
  readonly attempts: number;
  readonly leased_until_ms: number;
}

/** What came through is delivered; all else is for who holds the delivery to say. */
function stateAfter({ delivery, result }: Attempt, { attempts, state, leased_until_ms }: Held): State | undefined {
  if (state === 'delivered') return undefined;
  if (result.outcome === 'delivered') return 'delivered';
  if (leased_until_ms !== delivery.leasedUntilMs) return undefined;
  return result.outcome === 'gone' || attempts >= ATTEMPTS_MAX ? 'dead' : 'pending';
}

/**
 * Writes down what became of an attempt. A receiver that says it is gone is disabled, and one for whom a delivery has
 * died without any other coming through meanwhile. One whose lease ran out leaves the delivery to who has claimed it
 * since, unless it came through. Gives the delivery's state.
 */
export function recordAttempt(
  { inTransaction }: Pick<GatewayDatabase, 'inTransaction'>,
  attempt: Attempt,
): Promise<State> {
  const { delivery, result, at, durationMs, delayMs } = attempt;
  return inTransaction(async (transaction) => {
    const held = await transaction
      .updateTable('webhook_deliveries')
      .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
      .where('id', '=', delivery.id)
      .returning(['state', 'attempts', 'leased_until_ms'])
      .executeTakeFirst();
    // The receiver was deleted meanwhile, and its log with it.
    if (!held) return result.outcome === 'delivered' ? 'delivered' : 'dead';
    await transaction
      .insertInto('webhook_attempts')
      .values({
        delivery_id: delivery.id,
        attempt: held.attempts,
        at_ms: at.getTime(),
        duration_ms: Math.round(durationMs),
        outcome: result.outcome,
        status: result.status ?? null,
        reason: result.reason ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const state = stateAfter(attempt, held);
    if (!state) return held.state;
    await transaction
      .updateTable('webhook_deliveries')
      .set({ state, next_attempt_at_ms: at.getTime() + delayMs, leased_until_ms: 0 })
      .where('id', '=', delivery.id)
      .execute();
    await markWebhook(transaction, attempt, state);
    return state;
  });
}

async function markWebhook(transaction: Transaction<Tables>, attempt: Attempt, state: State): Promise<void> {
  if (state === 'pending') return;
  const { webhookId, delivery, result, at } = attempt;
  const webhook = transaction.updateTable('webhooks').where('id', '=', webhookId);
  if (state === 'delivered') {
    await webhook.set({ delivered_at_ms: at.getTime() }).execute();
    return;
  }
  const disabled = { disabled_at_ms: at.getTime(), disabled_reason: result.outcome };
  const stillIn = webhook.set(disabled).where('disabled_at_ms', 'is', null);
  await (result.outcome === 'gone'
    ? stillIn
    : stillIn.where(({ eb, or }) =>
        or([eb('delivered_at_ms', 'is', null), eb('delivered_at_ms', '<', delivery.createdAtMs)]),
      )
  ).execute();
}
