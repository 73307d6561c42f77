import type { CardChannel, ChannelError } from '../card-channel.js';

/** The npm packages that speak to the PC/SC service. */
export type PcscBindingName = 'smartcard' | 'nfc-pcsc';

/** A reader as the service sees it now. `mute`: a card lies on it that gives no answer to reset. */
export interface ReaderStatus {
  readonly name: string;
  readonly card: 'absent' | 'present' | 'mute';
  readonly answerToReset?: Uint8Array | undefined;
}

export interface WaitForCardOptions {
  /** How long to wait for a card; the wait then ends with its last reason, `no-card` or `reader-not-found` mostly. */
  readonly timeoutMs: number;
  /** Calls the wait off: it ends with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Told why there is no card yet when the wait begins, and again whenever the reason is another. */
  readonly onWaiting?: ((reason: ChannelError) => void) | undefined;
}

/** The PC/SC service through one of its bindings. */
export interface Pcsc {
  readonly binding: PcscBindingName;
  /** The readers of this moment; an empty list where none is plugged in. */
  readers(): Promise<ReaderStatus[]>;
  /**
   * Waits for a card and opens a channel to it. `name` is a reader's full name or a part of it, upper or lower case;
   * without it the first reader with a card is taken. A reader that is unplugged meanwhile is waited for as well.
   * Channels answer for themselves and must be closed, or the process stays alive.
   */
  waitForCard(name: string | undefined, options: WaitForCardOptions): Promise<CardChannel>;
  /** Calls off all waits and closes all channels; never throws and may be called twice. */
  close(): Promise<void>;
}
