import type { FareRulesSource } from '../../load-fare-rules.js';
import type { DatabaseLocation } from '../../storage/index.js';
import type { ToldAnswer } from '../intake.js';
import type { Booked } from '../intake-observer.js';
import type { JoinedTaps } from '../joined-taps.js';

/** What a keeper's thread is begun with: where its own connection leads, and the rules as the gateway was handed them. */
export interface ThreadSetUp {
  readonly location: DatabaseLocation;
  readonly rules: FareRulesSource;
}

/** Taps to be kept, and in their order when each was handed in and when the request began that brought it. */
export interface ToKeep {
  readonly isBehind: boolean;
  readonly taps: JoinedTaps;
  readonly nowMs: readonly number[];
  readonly uploadedAtMs: readonly (number | undefined)[];
  /** By how many milliseconds the gateway's clock is ahead of the machine's. */
  readonly aheadMs: number;
}

/** The answers in the order of the taps. */
export interface Kept {
  readonly answers: readonly ToldAnswer[];
  readonly booked: Booked | undefined;
}
