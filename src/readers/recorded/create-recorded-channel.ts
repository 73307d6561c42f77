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
 * `transcript-mismatch` with the position and both commands. Where the card was lost, it is lost again. A reset is no
 * exchange: the transcript goes on after it.
 */
export function createRecordedChannel(transcript: Transcript): RecordedChannel {
  return new TranscriptChannel(transcript);
}

class TranscriptChannel implements RecordedChannel {
  readonly name: string;
  readonly answerToReset: Uint8Array | undefined;
  #position = 0;
  #wrongLength: { readonly command: Uint8Array; readonly response: Uint8Array } | undefined;
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
      if (this.#wrongLength && isCorrected(this.#wrongLength.command, command)) return this.#wrongLength.response;
      const place = `command ${this.#position + 1} of ${this.recording.transcript.length}`;
      const wanted = expected ? expected.command.toUpperCase() : 'the end of the conversation';
      throw new ChannelError('transcript-mismatch', `${place}: recorded is ${wanted}, sent was ${toHex(command)}`);
    }
    this.#position++;
    const response = fromHex(expected.response);
    this.#wrongLength = response.at(-2) === WRONG_LENGTH ? { command, response } : undefined;
    if (response.length > 0) return response;
    throw new ChannelError(expected.error ?? 'card-removed', `${this.name}: the card was lost here`);
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

/** 6Cxx (ISO 7816-4). */
const WRONG_LENGTH = 0x6c;

/**
 * A session holds what its kernel heard, which is 6Cxx where the card gave it to the corrected command too; that one
 * is then no command of the session.
 */
const isCorrected = (command: Uint8Array, corrected: Uint8Array): boolean =>
  equalBytes(command.subarray(0, 4), corrected.subarray(0, 4));
