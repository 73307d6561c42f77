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
      try {
        const result = await telemetry.span('commit', { 'yongtap.taps': taps }, work);
        metrics.groupCommitted(taps, (now() - start) / 1000);
        return result;
      } catch (error) {
        metrics.commitFailed(database.failureOf(error) ?? 'statement');
        throw error;
      }
    },
    book: (cards, work) => telemetry.span('price and book', { 'yongtap.cards': cards }, work),
  };
}
