import type { Transaction } from 'kysely';
import type { CardOrdersTable, Tables } from '../storage/index.js';
import { appendEvent, hashStep, readEvents, subjectOfOrder } from './card-event.js';
import { allowedSteps, isEnd, type OrderState, type OrderStep, orderLife, stateAfter } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep, stepNotAllowed } from './card-step-refused.js';
import { isRefused } from './in-steps.js';
import { type CardOrder, readOrder } from './order-view.js';
import { nearestMoment, refuseMoment } from './step-moment.js';

/** Who takes a step, when and why. */
export interface StepTaken {
  /** `key:…`, `account:…`, `command-line`. */
  readonly by: string;
  /** ISO 8601 with offset; now where it is not told. */
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
}

export interface OrderStepTaken extends StepTaken {
  readonly order: string;
}

/** `exists`: the same step was taken before by the same person, and nothing was changed. */
export interface SteppedOrder {
  readonly result: 'created' | 'exists';
  readonly order: CardOrder;
}

/** What a step is taken with, and what it comes to. */
export interface OrderStepWork {
  readonly step: OrderStep;
  /** What was handed in, so that the same again is known; only a keyed hash of it is kept. */
  readonly content: unknown;
  /** It follows from something else, whenever that was: an instant that cannot be is moved to the nearest that can. */
  readonly isInAnyCase?: boolean;
  /** Looks at the rules, and records what follows from the step. */
  work?(row: CardOrdersTable, at: string): Promise<StepOutcome | CardStepRefused>;
}

export interface StepOutcome {
  /** What was found, without anything personal. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly set?: Partial<Pick<CardOrdersTable, 'card_token' | 'sequence_number' | 'ready_at_ms'>>;
}

/** Takes a step of an order within a transaction. Of two who take it at once the second is told what the first has done. */
export async function takeOrderStep(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { order: id, by, at: told, reason }: OrderStepTaken,
  { step, content, isInAnyCase = false, work }: OrderStepWork,
): Promise<SteppedOrder | CardStepRefused> {
  const row = await holdOrder(options, transaction, id);
  if (!row) return refuseStep('card-order-unknown');
  const nowMs = options.clock().getTime();
  const subject = subjectOfOrder(id);
  const contentHash = hashStep(options.tokenKey, by, { step, told, reason, content });
  const events = await readEvents(transaction, [subject]);
  const wished = told ?? new Date(nowMs).toISOString();
  const at = isInAnyCase ? nearestMoment(wished, nowMs, events.at(-1)) : wished;
  const state = row.state as OrderState;
  const next = stateAfter(orderLife, state, step);
  if (next === undefined) {
    const isKnown = events.some(({ content_hash }) => content_hash === contentHash);
    if (isKnown) return { result: 'exists', order: (await readOrder(transaction, id))! };
    return stepNotAllowed(step, state, allowedSteps(orderLife, state));
  }
  const refusal = refuseMoment(at, nowMs, events.at(-1));
  if (refusal) return refusal;
  const outcome = (await work?.(row, at)) ?? {};
  if (isRefused(outcome)) return outcome;
  const open_key = isEnd(orderLife, next) ? null : row.open_key;
  await transaction
    .updateTable('card_orders')
    .set({ ...outcome.set, state: next, open_key })
    .where('id', '=', id)
    .execute();
  await appendEvent(transaction, {
    subject,
    step,
    state: next,
    at,
    nowMs,
    by,
    reason,
    details: outcome.details,
    contentHash,
  });
  return { result: 'created', order: (await readOrder(transaction, id))! };
}

/** Whoever else takes a step of this order waits until the transaction ends. */
export const holdOrder = (
  { database }: CardOptions,
  transaction: Transaction<Tables>,
  id: string,
): Promise<CardOrdersTable | undefined> =>
  transaction
    .selectFrom('card_orders')
    .selectAll()
    .where('id', '=', id)
    .$if(database.kind === 'postgresql', (query) => query.forUpdate())
    .executeTakeFirst();
