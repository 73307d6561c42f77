import type { FleetPlan } from '../plan/fleet-plan.js';
import type { Counts } from './tally.js';

/** What a worker is started with. */
export interface WorkerSetUp {
  readonly plan: FleetPlan;
  /** Taps of each rider, as `tapsOfRiders` gives them; shared by all workers. */
  readonly taps: Uint8Array;
  readonly folder: string;
  /** Of its files. */
  readonly prefix: string;
}

/** To a worker: these riders next, or nobody any more. */
export type Order = { readonly kind: 'ride'; readonly from: number; readonly to: number } | { readonly kind: 'finish' };

/** From a worker. */
export type Report =
  /** Wants riders. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly cards: number; readonly taps: number }
  | ({ readonly kind: 'finished' } & Finished);

export interface Finished {
  readonly files: readonly string[];
  readonly counts: Counts;
  readonly issuingMs: number;
  readonly tappingMs: number;
}
