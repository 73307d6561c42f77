import type { FareRulesSource } from '../../load-fare-rules.js';
import type { DatabaseLocation } from '../../storage/index.js';
import type { ToldAnswer } from '../intake.js';
import type { Booked } from '../intake-observer.js';

/** What a keeper's thread is begun with: where its own connection leads, and the rules as the gateway was handed them. */
export interface ThreadSetUp {
  readonly location: DatabaseLocation;
  readonly rules: FareRulesSource;
}

/** Taps to be kept as JSON, without what is sealed of them, which lies in one piece. */
export interface ToKeep {
  readonly taps: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
  /** By how many milliseconds the gateway's clock is ahead of the machine's. */
  readonly aheadMs: number;
}

/** The answers in the order of the taps. */
export interface Kept {
  readonly answers: readonly ToldAnswer[];
  readonly booked: Booked | undefined;
}
