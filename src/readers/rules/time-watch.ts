import { ChannelError } from '../card-channel.js';

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

  /** The answer, or `card-mute` where it has not come in time. */
  over<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const wait = { sinceMs: performance.now(), giveUp: () => reject(this.#mute()) };
      this.#begin(wait);
      answer.then(
        (value) => {
          this.#end(wait);
          resolve(value);
        },
        (error: unknown) => {
          this.#end(wait);
          reject(error);
        },
      );
    });
  }

  #begin(wait: Wait): void {
    this.#waits.add(wait);
    if (this.#timer === undefined) this.#look();
    else if (this.#waits.size === 1) this.#timer.ref();
  }

  #end(wait: Wait): void {
    this.#waits.delete(wait);
    if (this.#waits.size === 0) this.#timer?.unref();
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
      this.#waits.delete(wait);
      wait.giveUp();
    }
  }

  #mute(): ChannelError {
    return new ChannelError('card-mute', `no answer from ${this.name} within ${this.limitMs} ms`);
  }
}
