import { toHex } from '../../emv/bytes.js';
import type { CardChannel, Exchange, Transcript } from '../../src/readers/index.js';

/** A channel that writes down what is said over it. */
export function writingDown(inner: CardChannel): { channel: CardChannel; transcript: () => Transcript } {
  const exchanges: Exchange[] = [];
  return {
    channel: {
      name: inner.name,
      get answerToReset() {
        return inner.answerToReset;
      },
      reset: () => inner.reset(),
      close: () => inner.close(),
      async transmit(command) {
        const response = await inner.transmit(command);
        exchanges.push({ command: toHex(command), response: toHex(response) });
        return response;
      },
    },
    transcript: () => ({ name: inner.name, answerToReset: toHex(inner.answerToReset!), transcript: exchanges }),
  };
}
