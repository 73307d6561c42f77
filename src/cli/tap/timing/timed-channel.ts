import type { CardChannel, TransportProtocol } from '../../../readers/index.js';

/** What a channel did for one exchange: more than one command where GET RESPONSE or a corrected length was needed. */
export interface Lap {
  readonly commands: number;
  readonly elapsedUs: number;
}

/** Watches how long the channel below takes. */
export class TimedChannel implements CardChannel {
  #commands = 0;
  #elapsedMs = 0;

  constructor(private readonly inner: CardChannel) {}

  get name(): string {
    return this.inner.name;
  }

  get answerToReset(): Uint8Array | undefined {
    return this.inner.answerToReset;
  }

  get protocol(): TransportProtocol | undefined {
    return this.inner.protocol;
  }

  /** All since it was asked last. */
  lap(): Lap {
    const lap = { commands: this.#commands, elapsedUs: Math.round(this.#elapsedMs * 1000) };
    this.#commands = 0;
    this.#elapsedMs = 0;
    return lap;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const start = performance.now();
    this.#commands++;
    try {
      return await this.inner.transmit(command);
    } finally {
      this.#elapsedMs += performance.now() - start;
    }
  }

  reset(): Promise<void> {
    return this.inner.reset();
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
