import type { TransportProtocol } from '../card-channel.js';
import { isExtended } from '../rules/is-extended.js';
import type { ConnectOptions, PcscBindingName, ReaderStatus, ShareMode } from './pcsc.js';

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
  /** Connects to the card on the reader of that full name. */
  connect(readerName: string, options: ConnectOptions): Promise<CardHandle>;
  /** Ends what looks at the readers, or the process stays alive; connections live on. */
  close(): Promise<void>;
}

/** A connection to one card. Calls never overlap: the channel above sees to it. What comes may be a `Buffer`. */
export interface CardHandle {
  readonly answerToReset: Uint8Array | undefined;
  readonly protocol: TransportProtocol | undefined;
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /** `SCardControl` with the operating system's control code. */
  control(controlCode: number, data: Uint8Array): Promise<Uint8Array>;
  /** Powers the card down and up; `answerToReset` is then the new one. */
  reset(): Promise<void>;
  /** Gives the reader back and leaves the card as it is. */
  release(): Promise<void>;
}

/** The longest answers: to a command of extended length 65,536 bytes and the status word; to a short one 256, but some. */
const EXTENDED_RESPONSE_LENGTH_MAX = 65_538;
const SHORT_RESPONSE_LENGTH_MAX = 1024;
/** The longest answer of a reader to a control code that the bindings have room for. */
export const CONTROL_RESPONSE_LENGTH_MAX = 256;

/** How much room an answer needs. The bindings make it anew for each command, which for the longest takes 20 µs. */
export const responseLengthMax = (command: Uint8Array): number =>
  isExtended(command) ? EXTENDED_RESPONSE_LENGTH_MAX : SHORT_RESPONSE_LENGTH_MAX;

/** Share modes and protocols by number (PC/SC part 5 §3.2.5.1); the same in every implementation of PC/SC. */
export const shareModes: Readonly<Record<ShareMode, number>> = { exclusive: 1, shared: 2 };
const protocols: Readonly<Record<TransportProtocol, number>> = { 'T=0': 1, 'T=1': 2 };

export const protocolNumber = (protocol: TransportProtocol | undefined): number =>
  protocol === undefined ? protocols['T=0'] | protocols['T=1'] : protocols[protocol];

export function protocolName(number: number): TransportProtocol | undefined {
  return (Object.keys(protocols) as TransportProtocol[]).find((name) => protocols[name] === number);
}

/** Bits of a reader's state (PC/SC part 5 §3.2.5); the same numbers in every implementation of PC/SC. */
const STATE_PRESENT = 0x20;
const STATE_EXCLUSIVE = 0x80;
const STATE_IN_USE = 0x100;
const STATE_MUTE = 0x200;

/** The state's upper half counts the cards that came and went. */
export function readerStatus(name: string, state: number, answerToReset: Uint8Array | null | undefined): ReaderStatus {
  const use = state & STATE_EXCLUSIVE ? 'exclusive' : state & STATE_IN_USE ? 'shared' : 'free';
  const reader = { name, use, movements: state >>> 16 } as const;
  if ((state & STATE_PRESENT) === 0) return { ...reader, card: 'absent' };
  if ((state & STATE_MUTE) !== 0) return { ...reader, card: 'mute' };
  return { ...reader, card: 'present', ...(answerToReset && { answerToReset: Uint8Array.from(answerToReset) }) };
}
