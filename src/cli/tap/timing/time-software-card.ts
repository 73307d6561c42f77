import type { TimedChannel } from './timed-channel.js';
import type { Timekeeper } from './timekeeper.js';

/** The software card's time is that in which it worked; the rest of an exchange is its channel's, in the reader's place. */
export function timeSoftwareCard(channel: TimedChannel): Timekeeper {
  return {
    method: 'software-card',
    time: (exchange) => {
      const cardUs = Math.min(channel.lap().elapsedUs, exchange.elapsedUs);
      return { ...exchange, cardUs, readerUs: exchange.elapsedUs - cardUs };
    },
    afterwards: (measured) => measured,
  };
}
