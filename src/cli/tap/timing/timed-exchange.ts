import type { TracedExchange } from '../explain-exchanges.js';

/** An exchange with its place in time, as a tap of whatever interface has it. */
export interface PlacedExchange extends TracedExchange {
  readonly name: string;
  /** Milliseconds from the start of the transaction to the command. */
  readonly at: number;
}

/** How an exchange's time splits, in microseconds; absent where nobody can tell. */
export interface ExchangeSplit {
  readonly cardUs?: number | undefined;
  readonly readerUs?: number | undefined;
}

export type TimedExchange = PlacedExchange & ExchangeSplit;

/** What follows the last answer, when the card may be away; microseconds, absent where it is not known. */
export interface Afterwards {
  /** Authentication of the card, and the decision. */
  readonly decisionUs?: number | undefined;
  /** Until the tap is on the disk. */
  readonly keptUs?: number | undefined;
}

/** By what the card's time is told from the reader's; `words.json` says each in a line. */
export const timingMethods = [
  /** The software card's time is that in which it worked. */
  'software-card',
  /** What the way to the reader takes was measured, and taken off. */
  'reader-measured',
  /** Nobody tells the two apart. */
  'card-with-reader',
  /** A recording without times: they are those of its playback. */
  'playback',
] as const;

export type TimingMethod = (typeof timingMethods)[number];
