import { answerOf, type CardChannel, ChannelError, type TransportProtocol } from '../card-channel.js';

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

  get protocol(): TransportProtocol | undefined {
    return this.inner.protocol;
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    return withinTime(this.inner.transmit(command), this.limitMs, this.name);
  }

  /** An answer that is there at once is within any time. */
  transmitAtOnce(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    const answer = answerOf(this.inner, command);
    return answer instanceof Uint8Array ? answer : withinTime(answer, this.limitMs, this.name);
  }

  reset(): Promise<void> {
    return withinTime(this.inner.reset(), this.limitMs, this.name);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

/** The answer, or `card-mute` where it has not come within `limitMs`. */
export function withinTime<T>(answer: Promise<T>, limitMs: number, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ChannelError('card-mute', `no answer from ${name} within ${limitMs} ms`));
    }, limitMs);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
