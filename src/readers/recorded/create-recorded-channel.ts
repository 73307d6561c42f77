import { equalBytes, fromHex, toHex } from '../../../emv/bytes.js';
import { type CardChannel, ChannelError } from '../card-channel.js';
import type { Transcript } from './transcript.js';

/** A recorded channel tells how much of its transcript was played. */
export interface RecordedChannel extends CardChannel {
  /** How many exchanges have not been played yet. */
  readonly remaining: number;
}

/**
 * Replays a conversation: each command must be the recorded one, byte for byte and in order, or `transmit` throws
 * `transcript-mismatch` with the position and both commands. A reset is no exchange: the transcript goes on after it.
 */
export function createRecordedChannel(transcript: Transcript): RecordedChannel {
  return new TranscriptChannel(transcript);
}

class TranscriptChannel implements RecordedChannel {
  readonly name: string;
  readonly answerToReset: Uint8Array | undefined;
  #position = 0;
  #open = true;

  constructor(private readonly recording: Transcript) {
    this.name = `transcript ${recording.name ?? ''}`.trimEnd();
    this.answerToReset = recording.answerToReset === undefined ? undefined : fromHex(recording.answerToReset);
  }

  get remaining(): number {
    return this.recording.transcript.length - this.#position;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.#requireOpen();
    const expected = this.recording.transcript[this.#position];
    if (!expected || !equalBytes(fromHex(expected.command), command)) {
      const place = `command ${this.#position + 1} of ${this.recording.transcript.length}`;
      const wanted = expected ? expected.command.toUpperCase() : 'the end of the conversation';
      throw new ChannelError('transcript-mismatch', `${place}: recorded is ${wanted}, sent was ${toHex(command)}`);
    }
    this.#position++;
    return fromHex(expected.response);
  }

  async reset(): Promise<void> {
    this.#requireOpen();
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #requireOpen(): void {
    if (!this.#open) throw new ChannelError('channel-closed', `${this.name} is closed`);
  }
}
