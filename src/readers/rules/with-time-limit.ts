import { type CardChannel, ChannelError } from '../card-channel.js';

/**
 * Ends each `transmit` and `reset` within `limitMs`: a card that has not answered by then is `card-mute`. The
 * answer that may still come is dropped, never taken for that of the next command.
 */
export function withTimeLimit(channel: CardChannel, limitMs: number): CardChannel {
  return new TimeLimit(channel, limitMs);
}

class TimeLimit implements CardChannel {
  constructor(
    private readonly inner: CardChannel,
    private readonly limitMs: number,
  ) {}

  get name(): string {
    return this.inner.name;
  }

  get answerToReset(): Uint8Array | undefined {
    return this.inner.answerToReset;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.#limited(this.inner.transmit(command));
  }

  reset(): Promise<void> {
    return this.#limited(this.inner.reset());
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  #limited<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new ChannelError('card-mute', `no answer from ${this.inner.name} within ${this.limitMs} ms`));
      }, this.limitMs);
      answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
