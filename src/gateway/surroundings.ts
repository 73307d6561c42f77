import type { Metrics } from './http/metrics.js';
import type { loadRules } from './load-rules.js';
import type { Telemetry } from './telemetry/index.js';

/** What the rooms are told from outside: time, where measurements go, and the rules that are data. */
export interface Surroundings extends ReturnType<typeof loadRules> {
  readonly clock: () => Date;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly telemetry: Telemetry;
}
