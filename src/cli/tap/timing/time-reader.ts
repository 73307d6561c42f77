import type { TimedChannel } from './timed-channel.js';
import type { Timekeeper } from './timekeeper.js';

/**
 * A card on a reader. `overheadUs` is what one command takes on the way without the card, as it was measured; what goes
 * beyond it is the card's. Without a measurement nobody tells the two apart.
 */
export function timeReader(channel: TimedChannel, overheadUs: number | undefined): Timekeeper {
  return {
    method: overheadUs === undefined ? 'card-with-reader' : 'reader-measured',
    time: (exchange) => {
      const { commands } = channel.lap();
      if (overheadUs === undefined) return exchange;
      const readerUs = Math.min(Math.round(overheadUs * commands), exchange.elapsedUs);
      return { ...exchange, cardUs: exchange.elapsedUs - readerUs, readerUs };
    },
    afterwards: (measured) => measured,
  };
}
