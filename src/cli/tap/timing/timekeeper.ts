import type { Afterwards, ExchangeSplit, PlacedExchange, TimingMethod } from './timed-exchange.js';

/** Knows how the time of a tap splits, from the way by which its card is reached. */
export interface Timekeeper {
  readonly method: TimingMethod;
  /** An exchange that has just ended, in the order of the conversation, with what is known of its time. */
  time<Exchange extends PlacedExchange>(exchange: Exchange): Exchange & ExchangeSplit;
  /** What followed the last answer, as it was measured, or as it was when it was recorded. */
  afterwards(measured: Afterwards): Afterwards;
}
