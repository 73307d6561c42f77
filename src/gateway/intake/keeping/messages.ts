import type { DatabaseLocation, Thrown } from '../../storage/index.js';
import type { Booked } from '../intake-observer.js';

/** What a keeper's thread is begun with: its own connection, and the rules as they were handed to the gateway. */
export interface ThreadSetUp {
  readonly location: DatabaseLocation;
  readonly tariff: unknown;
  readonly campaigns: unknown;
  readonly policy: unknown;
}

/** Taps to be kept as JSON, without what is sealed of them, which lies in one piece. */
export interface ToKeep {
  readonly id: number;
  readonly taps: string;
  readonly sealed: Uint8Array;
  /** By how many milliseconds the gateway's clock is ahead of the machine's. */
  readonly aheadMs: number;
}

/** The answers as JSON, in the order of the taps. */
export type Kept = { readonly id: number } & (
  | { readonly answers: string; readonly booked: Booked | undefined }
  | { readonly thrown: Thrown }
);
