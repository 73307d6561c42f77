import type { IntakeObserver } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { Telemetry } from '../telemetry/index.js';
import type { Metrics } from './metrics.js';

export interface ObserverOptions {
  readonly metrics: Metrics;
  readonly telemetry: Telemetry;
  readonly database: Pick<GatewayDatabase, 'failureOf'>;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

/** Counts and traces what the intake does. A commit stands in the trace of the request that began it. */
export function observeIntake({ metrics, telemetry, database, now }: ObserverOptions): IntakeObserver {
  return {
    async examine(work) {
      const start = now();
      const result = await telemetry.span('examine', {}, work);
      metrics.tapExamined((now() - start) / 1000);
      return result;
    },
    async commit(taps, work) {
      const start = now();
      const failed = (error: unknown) => metrics.commitFailed(database.failureOf(error) ?? 'statement');
      try {
        const kept = await telemetry.span('commit', { 'yongtap.taps': taps }, work);
        kept.durable.then(() => metrics.groupCommitted(taps, (now() - start) / 1000), failed);
        return kept;
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    booked: ({ cards, fromMs, toMs }) => telemetry.past('price and book', { 'yongtap.cards': cards }, fromMs, toMs),
  };
}
