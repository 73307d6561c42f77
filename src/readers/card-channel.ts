/** By which a card with contacts speaks (ISO/IEC 7816-3): T=0 in bytes, T=1 in blocks, as all contactless cards do. */
export type TransportProtocol = 'T=0' | 'T=1';

/**
 * A conversation with one card, wherever it lies: on a USB reader, in this process, or in a transcript.
 * Implementations never answer 61xx and 6Cxx by themselves; `withTransportRules` does that for all of them.
 */
export interface CardChannel {
  /** What the card lies on, for people: `ACS ACR122U 00 00`, `software card`, `transcript tap.json`. */
  readonly name: string;
  /** Answer to reset, where the reader gives one. */
  readonly answerToReset?: Uint8Array | undefined;
  /** What reader and card speak; absent where nothing lies between. */
  readonly protocol?: TransportProtocol | undefined;
  /** Sends one command APDU and returns the response APDU with its status word; throws {@link ChannelError}. */
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /**
   * The same where the card may be in this process: an answer that is there at once comes without a promise, which
   * costs more than many a card's answer does. What fails at once is thrown at once. See {@link answerOf}.
   */
  transmitAtOnce?(command: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Powers the card down and up again: what was selected is forgotten. */
  reset(): Promise<void>;
  /** Ends the conversation and frees the reader; never throws and may be called twice. */
  close(): Promise<void>;
}

/** A channel's answer, at once where the channel can. */
export const answerOf = (channel: CardChannel, command: Uint8Array): Uint8Array | Promise<Uint8Array> =>
  channel.transmitAtOnce === undefined ? channel.transmit(command) : channel.transmitAtOnce(command);

export type ChannelErrorCode =
  /** The card left the field or was pulled. */
  | 'card-removed'
  /** No answer within the time limit. */
  | 'card-mute'
  /** The reader was unplugged. */
  | 'reader-lost'
  /** The card's answer is shorter than a status word, or the reader reports a transmission error. */
  | 'communication-error'
  /** Another program has the card for itself, or it is wanted for oneself while others use it. */
  | 'card-in-use'
  /** No PC/SC service runs on this machine. */
  | 'service-absent'
  /** The card does not speak the protocol that was asked for. */
  | 'protocol-unsupported'
  /** The reader, the card or their protocol carries 255 bytes to the card and 256 from it, and the command wants more. */
  | 'extended-length-unsupported'
  /** The reader does not know the command that was meant for itself. */
  | 'reader-command-unsupported'
  /** The PC/SC service runs, but not for this user. */
  | 'service-forbidden'
  /** The PC/SC binding was not built or does not load. */
  | 'binding-missing'
  /** No reader of that name. */
  | 'reader-not-found'
  /** No card came within the time limit. */
  | 'no-card'
  /** A transcript got another command than the recorded one. */
  | 'transcript-mismatch'
  /** A file that should have been a transcript is none. */
  | 'transcript-invalid'
  /** The conversation was waited for and called off by its caller. */
  | 'aborted'
  /** `close` was called before. */
  | 'channel-closed';

/** A failure of the way to the card, never of the card's decision. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  constructor(
    readonly code: ChannelErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What a card that leaves, or never was there, looks like. Every other failure is the terminal's own. */
export const tearCodes = [
  'card-removed',
  'card-mute',
  'communication-error',
  'reader-lost',
  'service-absent',
  'no-card',
] as const satisfies readonly ChannelErrorCode[];
