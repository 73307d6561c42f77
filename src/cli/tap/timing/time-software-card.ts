import type { TimedChannel } from './timed-channel.js';
import type { Timekeeper } from './timekeeper.js';

/** The software card's time is that in which it worked; the rest of an exchange is its channel's, in the reader's place. */
export function timeSoftwareCard(channel: TimedChannel): Timekeeper {
  const cardsUs: number[] = [];
  return {
    note: ({ elapsedUs }) => cardsUs.push(Math.min(channel.lap().elapsedUs, elapsedUs)),
    split: async (exchanges) => ({
      method: 'software-card',
      exchanges: exchanges.map((exchange, index) => {
        const cardUs = cardsUs[index]!;
        return { ...exchange, cardUs, readerUs: exchange.elapsedUs - cardUs };
      }),
    }),
    afterwards: (measured) => measured,
  };
}
