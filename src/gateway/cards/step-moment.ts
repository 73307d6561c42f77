import type { CardEventsTable } from '../storage/index.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';

/** Clocks of banks and officers may be so far ahead. */
const AHEAD_MS = 300_000;

/** Speaks against an instant that is ahead of the clock, or before the step before. */
export function refuseMoment(
  at: string,
  nowMs: number,
  last: Pick<CardEventsTable, 'at_ms' | 'at'> | undefined,
): CardStepRefused | undefined {
  const atMs = Date.parse(at);
  if (atMs > nowMs + AHEAD_MS) return refuseStep('card-step-ahead');
  if (last && atMs < last.at_ms) return refuseStep('card-step-out-of-order', `the step before was taken at ${last.at}`);
  return undefined;
}

/** The instant, or the nearest that is neither before the step before nor ahead of the clock. */
export function nearestMoment(
  at: string,
  nowMs: number,
  last: Pick<CardEventsTable, 'at_ms' | 'at'> | undefined,
): string {
  if (last && Date.parse(at) < last.at_ms) return last.at;
  return Date.parse(at) > nowMs ? new Date(nowMs).toISOString() : at;
}
