import { answerOf, type CardChannel, type TransportProtocol } from '../card-channel.js';
import { TimeWatch } from './time-watch.js';

/**
 * Ends each `transmit` and `reset` within `limitMs`: a card that has not answered by then is `card-mute`. The
 * answer that may still come is dropped, never taken for that of the next command.
 */
export function withTimeLimit(channel: CardChannel, limitMs: number): CardChannel {
  return new TimeLimit(channel, limitMs);
}

class TimeLimit implements CardChannel {
  readonly #watch: TimeWatch;

  constructor(
    private readonly inner: CardChannel,
    limitMs: number,
  ) {
    this.#watch = new TimeWatch(inner.name, limitMs);
  }

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
    return this.#watch.over(this.inner.transmit(command));
  }

  /** An answer that is there at once is within any time. */
  transmitAtOnce(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    const answer = answerOf(this.inner, command);
    return answer instanceof Uint8Array ? answer : this.#watch.over(answer);
  }

  reset(): Promise<void> {
    return this.#watch.over(this.inner.reset());
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
