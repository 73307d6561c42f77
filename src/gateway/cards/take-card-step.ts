import type { Transaction } from 'kysely';
import type { CardFacts } from '../membership/facts.js';
import type { Tables } from '../storage/index.js';
import { appendEvent, hashStep, readEvents, subjectOfCard } from './card-event.js';
import { allowedSteps, type CardLifeState, type CardStep, cardLife, stateAfter } from './card-life.js';
import type { CardOptions } from './card-options.js';
import { cardStateAt, holdCardFacts } from './card-state.js';
import { type CardStepRefused, refuseStep, stepNotAllowed } from './card-step-refused.js';
import { isRefused } from './in-steps.js';
import { nearestMoment, refuseMoment } from './step-moment.js';
import type { StepTaken } from './take-order-step.js';

export interface CardStepTaken extends StepTaken {
  readonly token: string;
}

/** `exists`: the same step was taken before by the same person, and nothing was changed. */
export interface SteppedCard {
  readonly result: 'created' | 'exists';
  readonly token: string;
  readonly state: CardLifeState;
  readonly allowed: readonly CardStep[];
}

export interface CardStepWork {
  readonly step: CardStep;
  readonly content?: unknown;
  /** It follows from something else, whenever that was: an instant that cannot be is moved to the nearest that can. */
  readonly isInAnyCase?: boolean;
  /** Looks at the rules, and records the facts that follow from the step. */
  work(facts: CardFacts, at: string): Promise<Readonly<Record<string, unknown>> | CardStepRefused>;
}

/** Takes a step of a card within a transaction; what is known of the card tells where it is. */
export async function takeCardStep(
  options: CardOptions,
  transaction: Transaction<Tables>,
  { token, by, at: told, reason }: CardStepTaken,
  { step, content, isInAnyCase = false, work }: CardStepWork,
): Promise<SteppedCard | CardStepRefused> {
  const facts = await holdCardFacts(options, transaction, token);
  if (!facts) return refuseStep('card-unknown');
  const nowMs = options.clock().getTime();
  const now = new Date(nowMs).toISOString();
  const wished = told ?? now;
  const subject = subjectOfCard(token);
  const contentHash = hashStep(options.tokenKey, by, { step, told, reason, content });
  const events = await readEvents(transaction, [subject]);
  const at = isInAnyCase ? nearestMoment(wished, nowMs, events.at(-1)) : wished;
  const state = cardStateAt(facts, now);
  const isKnown = events.some(({ content_hash }) => content_hash === contentHash);
  const next = stateAfter(cardLife, state, step);
  if (isKnown && (next === undefined || told !== undefined)) return steppedCard('exists', token, state);
  if (next === undefined) return stepNotAllowed(step, state, allowedSteps(cardLife, state));
  const refusal = refuseMoment(at, nowMs, events.at(-1));
  if (refusal) return refusal;
  const details = await work(facts, at);
  if (isRefused(details)) return details;
  await appendEvent(transaction, { subject, step, state: next, at, nowMs, by, reason, details, contentHash });
  return steppedCard('created', token, next);
}

export const steppedCard = (result: SteppedCard['result'], token: string, state: CardLifeState): SteppedCard => ({
  result,
  token,
  state,
  allowed: allowedSteps(cardLife, state),
});
