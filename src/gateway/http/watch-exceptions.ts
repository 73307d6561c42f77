import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';

export interface ExceptionWatch {
  /** How many are open, by kind. */
  readonly count: () => Promise<Readonly<Record<string, number>>>;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

/** Whoever reads the metrics makes the books count at most so often. */
const COUNTED_AGAIN_MS = 15_000;

/** Whoever reads them waits no longer for a database that does not answer. */
const WAIT_MS = 1000;

/** What could not be counted keeps its last number: metrics must be there when the database is not. */
export function watchExceptions(registry: Registry, { count, now }: ExceptionWatch): void {
  let countedAtMs = Number.NEGATIVE_INFINITY;
  const gauge: Gauge<'kind'> = new Gauge({
    name: 'yongtap_exceptions_open',
    help: 'Exceptions that nobody has resolved, by kind',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      if (now() - countedAtMs < COUNTED_AGAIN_MS) return;
      countedAtMs = now();
      const late = wait(WAIT_MS, {}, { ref: false });
      const counts = await Promise.race([count().catch(() => ({})), late]);
      for (const [kind, open] of Object.entries(counts)) gauge.set({ kind }, open);
    },
  });
}
