import type { CardChannel, ChannelError, TransportProtocol } from '../card-channel.js';

/** The npm packages that speak to the PC/SC service. */
export type PcscBindingName = 'smartcard' | 'nfc-pcsc';

/** Whether other programs may use the card meanwhile. */
export type ShareMode = 'shared' | 'exclusive';

/** A reader as the service sees it now. */
export interface ReaderStatus {
  readonly name: string;
  /** `mute`: a card lies on it that gives no answer to reset. */
  readonly card: 'absent' | 'present' | 'mute';
  readonly answerToReset?: Uint8Array | undefined;
  /** Whether programs use the card, this one included: `exclusive` is one that has it for itself. */
  readonly use: 'free' | ShareMode;
  /** How many cards have come and gone so far, modulo 65,536: another card in the place of one is seen by it. */
  readonly movements: number;
}

/** Something that happened on a reader. `card-mute`: a card came that gives no answer to reset. */
export interface ReaderEvent {
  readonly event: 'reader-plugged' | 'reader-unplugged' | 'card-inserted' | 'card-mute' | 'card-removed';
  /** The reader as it is since then; as it was last, where it was unplugged. */
  readonly reader: ReaderStatus;
}

export interface ConnectOptions {
  /** `shared` without it. `exclusive` is refused (`card-in-use`) as long as another program uses the card. */
  readonly share?: ShareMode | undefined;
  /** Without it whichever the card offers first; one that it does not speak is `protocol-unsupported`. */
  readonly protocol?: TransportProtocol | undefined;
}

export interface WaitForCardOptions extends ConnectOptions {
  /** Whether the card on a reader will do; without it every card does. One that is mute is not asked about. */
  readonly isWanted?: ((reader: ReaderStatus) => boolean) | undefined;
  /** How long to wait for a card; the wait then ends with its last reason, `no-card` or `reader-not-found` mostly. */
  readonly timeoutMs: number;
  /** Calls the wait off: it ends with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Told why there is no card yet when the wait begins, and again whenever the reason is another. */
  readonly onWaiting?: ((reason: ChannelError) => void) | undefined;
}

/** A channel to a card on a reader. */
export interface ReaderChannel extends CardChannel {
  /** The reader's full name. */
  readonly name: string;
  /** `undefined` where the service did not say. */
  readonly protocol: TransportProtocol | undefined;
  /**
   * Speaks to the reader itself (`SCardControl`): the code as the reader's maker numbers it, before the operating
   * system makes a control code of it. Throws `reader-command-unsupported` where reader or driver does not know it.
   */
  control(code: number, data: Uint8Array): Promise<Uint8Array>;
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
  waitForCard(name: string | undefined, options: WaitForCardOptions): Promise<ReaderChannel>;
  /** Opens a channel to the card on the reader of that full name, as it lies there now; throws {@link ChannelError}. */
  connect(readerName: string, options?: ConnectOptions): Promise<ReaderChannel>;
  /**
   * What happens on all readers, beginning with those that are there and the cards that lie on them, until the signal
   * aborts or the service is closed. Nothing is missed between two events that were asked for: a card that was
   * exchanged for another meanwhile has been removed and inserted. A service that ends is waited for; its readers are
   * unplugged as long. Throws {@link ChannelError} where it cannot be asked at the beginning.
   *
   * @example
   * for await (const { event, reader } of pcsc.watch({ signal })) {
   *   if (event === 'card-inserted') await tap(await pcsc.connect(reader.name));
   * }
   */
  watch(options?: { readonly signal?: AbortSignal | undefined }): AsyncIterable<ReaderEvent>;
  /** Calls off all waits and closes all channels; never throws and may be called twice. */
  close(): Promise<void>;
}
