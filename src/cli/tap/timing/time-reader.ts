import type { TimedChannel } from './timed-channel.js';
import type { Timekeeper } from './timekeeper.js';

/**
 * A card on a reader. What one command takes on the way without the card, in microseconds, is measured when the tap is
 * over; what goes beyond it is the card's. Without a measurement nobody tells the two apart.
 */
export function timeReader(channel: TimedChannel, measureOverhead: () => Promise<number | undefined>): Timekeeper {
  const commands: number[] = [];
  return {
    note: () => commands.push(channel.lap().commands),
    split: async (exchanges) => {
      const overheadUs = await measureOverhead();
      if (overheadUs === undefined) return { method: 'card-with-reader', exchanges };
      return {
        method: 'reader-measured',
        exchanges: exchanges.map((exchange, index) => {
          const readerUs = Math.min(Math.round(overheadUs * commands[index]!), exchange.elapsedUs);
          return { ...exchange, cardUs: exchange.elapsedUs - readerUs, readerUs };
        }),
      };
    },
    afterwards: (measured) => measured,
  };
}
