import type { PcscBindingName, ReaderStatus } from './pcsc.js';

/**
 * What a binding has to do for us. Its functions throw the binding's own errors, which `toChannelError` translates;
 * they may be called only while the service answers.
 */
export interface PcscBinding {
  readonly name: PcscBindingName;
  /** The readers of this moment. */
  readers(): Promise<ReaderStatus[]>;
  /**
   * The readers as soon as they or their cards are no longer as `known` says; as they are then after `limitMs` or on
   * abort.
   */
  waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<ReaderStatus[]>;
  /** Connects to the card on the reader of that full name, shared with other programs. */
  connect(readerName: string): Promise<CardHandle>;
  /** Ends what looks at the readers, or the process stays alive; connections live on. */
  close(): Promise<void>;
}

/** A connection to one card. Calls never overlap: the channel above sees to it. */
export interface CardHandle {
  readonly answerToReset: Uint8Array | undefined;
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /** Powers the card down and up; `answerToReset` is then the new one. */
  reset(): Promise<void>;
  /** Gives the reader back and leaves the card as it is. */
  release(): Promise<void>;
}

/** The longest answer there is: 65,536 bytes and the status word. */
export const RESPONSE_LENGTH_MAX = 65_538;

/** Bits of a reader's state (PC/SC part 5 §3.2.5); the same numbers in every implementation of PC/SC. */
const STATE_PRESENT = 0x20;
const STATE_MUTE = 0x200;

export function readerStatus(name: string, state: number, answerToReset: Uint8Array | null | undefined): ReaderStatus {
  if ((state & STATE_PRESENT) === 0) return { name, card: 'absent' };
  if ((state & STATE_MUTE) !== 0) return { name, card: 'mute' };
  return { name, card: 'present', ...(answerToReset && { answerToReset: Uint8Array.from(answerToReset) }) };
}

export function sameReaders(left: readonly ReaderStatus[], right: readonly ReaderStatus[]): boolean {
  const key = (readers: readonly ReaderStatus[]) =>
    JSON.stringify(readers.map(({ name, card }) => [name, card]).sort());
  return key(left) === key(right);
}
