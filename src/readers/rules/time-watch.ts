import { ChannelError } from '../card-channel.js';

const itself = (answer: unknown): unknown => answer;
const rethrow = (failure: unknown): never => {
  throw failure;
};

/** One answer that is waited for. */
interface Wait {
  readonly sinceMs: number;
  readonly giveUp: () => void;
}

/**
 * Looks after the answers of one card: what has not come within `limitMs` is `card-mute`. One timer serves many
 * commands, since to set and clear one for each takes as long as all else that a command needs on its way. It keeps the
 * process alive only while an answer is waited for.
 */
export class TimeWatch {
  /** In the order in which they began. */
  readonly #waits = new Set<Wait>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly name: string,
    private readonly limitMs: number,
  ) {}

  /** The answer, or `card-mute` where it has not come in time; as `then`, what is made of the one or of the other. */
  over<T>(answer: Promise<T>): Promise<T>;
  over<T, R>(answer: Promise<T>, given: (answer: T) => R, failed: (failure: unknown) => R): Promise<R>;
  over<T>(answer: Promise<T>, given: (answer: T) => unknown = itself, failed: (failure: unknown) => unknown = rethrow) {
    return new Promise<unknown>((resolve, reject) => {
      const wait: Wait = { sinceMs: performance.now(), giveUp: () => settle(failed, this.#mute()) };
      const settle = <V>(make: (value: V) => unknown, value: V) => {
        if (!this.#end(wait)) return;
        try {
          resolve(make(value));
        } catch (error) {
          reject(error);
        }
      };
      this.#begin(wait);
      answer.then(
        (value) => settle(given, value),
        (error: unknown) => settle(failed, error),
      );
    });
  }

  #begin(wait: Wait): void {
    this.#waits.add(wait);
    if (this.#timer === undefined) this.#look();
    else if (this.#waits.size === 1) this.#timer.ref();
  }

  /** Whether it was still waited for: an answer that comes too late is dropped. */
  #end(wait: Wait): boolean {
    const isWaitedFor = this.#waits.delete(wait);
    if (this.#waits.size === 0) this.#timer?.unref();
    return isWaitedFor;
  }

  /** Gives up what is late, and looks again when the next would be. */
  #look(): void {
    this.#timer = undefined;
    for (const wait of this.#waits) {
      const leftMs = wait.sinceMs + this.limitMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#look(), Math.ceil(leftMs));
        return;
      }
      wait.giveUp();
    }
  }

  #mute(): ChannelError {
    return new ChannelError('card-mute', `no answer from ${this.name} within ${this.limitMs} ms`);
  }
}
