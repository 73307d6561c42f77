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

function stateAfter({ delivery, result }: Attempt): State {
  if (result.outcome === 'delivered') return 'delivered';
  return result.outcome === 'gone' || delivery.attempts + 1 >= ATTEMPTS_MAX ? 'dead' : 'pending';
}

/**
 * Writes down what became of an attempt. A receiver that says it is gone is disabled, and one for whom a delivery has
 * died without any other coming through meanwhile. Gives the delivery's state.
 */
export function recordAttempt(
  { inTransaction }: Pick<GatewayDatabase, 'inTransaction'>,
  attempt: Attempt,
): Promise<State> {
  const { delivery, result, at, durationMs, delayMs } = attempt;
  const state = stateAfter(attempt);
  return inTransaction(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('webhook_deliveries')
      .set({
        state,
        attempts: delivery.attempts + 1,
        next_attempt_at_ms: at.getTime() + delayMs,
        leased_until_ms: 0,
      })
      .where('id', '=', delivery.id)
      .executeTakeFirst();
    // The receiver was deleted meanwhile, and its log with it.
    if (numUpdatedRows === 0n) return state;
    await transaction
      .insertInto('webhook_attempts')
      .values({
        delivery_id: delivery.id,
        attempt: delivery.attempts + 1,
        at_ms: at.getTime(),
        duration_ms: Math.round(durationMs),
        outcome: result.outcome,
        status: result.status ?? null,
        reason: result.reason ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
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
