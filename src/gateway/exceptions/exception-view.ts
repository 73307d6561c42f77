import type { SuspicionPart } from '../evidence/index.js';
import codes from './exception-codes.json';

/**
 * `refused`: a tap that was not accepted. `set-aside`: one that its card proved and that cannot be. `marked`: one that
 * is priced though something stands against it. `conflict`: another content under a known identity. `gap`: sequence
 * numbers that never came. `clock`: a terminal whose clock is wrong. `unfinished`: a journey that waits for a tap
 * though its day is over.
 */
export const exceptionKinds = ['refused', 'set-aside', 'marked', 'conflict', 'gap', 'clock', 'unfinished'] as const;

export type ExceptionKind = (typeof exceptionKinds)[number];

export type ExceptionState = 'open' | 'resolved';

export const ownExceptionCodes: Readonly<
  Record<string, { readonly meaning: string; readonly meaningZh: string } | undefined>
> = codes;

/** Something about taps that wants a person's look. */
export interface ExceptionView {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly code: string;
  readonly detail: string;
  readonly state: ExceptionState;
  readonly operator: string;
  /** Absent where a journey waits. */
  readonly terminal?: string;
  /** The tap's, or the first that is missing. */
  readonly sequence?: number;
  /** Of a gap: the last that is missing. */
  readonly toSequence?: number;
  readonly tapId?: string;
  readonly journeyId?: string;
  readonly cardMask?: string;
  /** When it happened, by the terminal. */
  readonly at?: string;
  /** When the gateway came to know: when the tap was kept, the gap found, the clock judged; when a journey began. */
  readonly receivedAt: string;
  /** Of a tap that its card's counter speaks against: 0 to 100, and its parts. */
  readonly score?: number;
  readonly parts?: readonly SuspicionPart[];
  /** Of a clock: how far it is ahead; below zero: behind. */
  readonly clockOffsetMs?: number;
  readonly resolution?: ExceptionResolution;
}

export interface ExceptionResolution {
  readonly note: string;
  /** The id of the API key. */
  readonly by: string;
  readonly at: string;
}

export interface ExceptionQuery {
  /** At most so many; 1 to 1000. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly kind?: ExceptionKind | undefined;
  readonly state?: ExceptionState | undefined;
  readonly operator?: string | undefined;
  readonly terminal?: string | undefined;
  /** Instants of `receivedAt`, `to` exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** `next` is absent on the last page. */
export interface ExceptionPage {
  readonly exceptions: readonly ExceptionView[];
  readonly next?: string;
}
