import { toHex } from '../../../emv/bytes.js';
import type { CardChannel } from '../card-channel.js';
import type { Exchange, Transcript } from './transcript.js';

/** A channel that remembers what was said. */
export interface RecordingChannel extends CardChannel {
  /** The conversation so far, ready for {@link createRecordedChannel} or `JSON.stringify`. */
  transcript(): Transcript;
}

/**
 * Wraps a channel and collects every completed exchange with its times. A command that failed is not kept: a
 * recording holds what the card said. `now` is a monotonic clock in milliseconds.
 */
export function recordTranscript(
  channel: CardChannel,
  { now = () => performance.now() }: { now?: () => number } = {},
): RecordingChannel {
  return new Recorder(channel, now);
}

class Recorder implements RecordingChannel {
  readonly #exchanges: Exchange[] = [];
  readonly #start: number;

  constructor(
    private readonly inner: CardChannel,
    private readonly now: () => number,
  ) {
    this.#start = now();
  }

  get name(): string {
    return this.inner.name;
  }

  get answerToReset(): Uint8Array | undefined {
    return this.inner.answerToReset;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const sent = this.now();
    const response = await this.inner.transmit(command);
    this.#exchanges.push({
      command: toHex(command),
      response: toHex(response),
      at: Math.round(sent - this.#start),
      elapsedUs: Math.round((this.now() - sent) * 1000),
    });
    return response;
  }

  reset(): Promise<void> {
    return this.inner.reset();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  transcript(): Transcript {
    const answerToReset = this.inner.answerToReset;
    return {
      name: this.inner.name,
      ...(answerToReset && { answerToReset: toHex(answerToReset) }),
      transcript: [...this.#exchanges],
    };
  }
}
