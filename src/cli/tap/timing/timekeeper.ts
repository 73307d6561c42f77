import type { Afterwards, ExchangeSplit, PlacedExchange, TimingMethod } from './timed-exchange.js';

/** Knows how the time of a tap splits, from the way by which its card is reached. */
export interface Timekeeper {
  /** What is to be remembered of an exchange that has just ended, in the order of the conversation. */
  note(exchange: PlacedExchange): void;
  /** The exchanges that were noted, with what is known of their times; asked when the card has had its last command. */
  split<Exchange extends PlacedExchange>(
    exchanges: readonly Exchange[],
  ): Promise<{ readonly method: TimingMethod; readonly exchanges: readonly (Exchange & ExchangeSplit)[] }>;
  /** What followed the last answer, as it was measured, or as it was when it was recorded. */
  afterwards(measured: Afterwards): Afterwards;
}
