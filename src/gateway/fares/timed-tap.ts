import type { FareTap } from './fare-types.js';

/** A tap with its instant worked out once: pricing asks for it again and again. */
export interface TimedTap {
  readonly tap: FareTap;
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** YYYY-MM-DD. */
  readonly serviceDay: string;
  /** Its place among the taps of the card, in their order. */
  readonly index: number;
}

const MINUTE_MS = 60_000;

export const minutesFrom = (from: TimedTap, to: TimedTap): number => (to.ms - from.ms) / MINUTE_MS;
