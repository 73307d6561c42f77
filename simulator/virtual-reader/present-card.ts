import { connect, type Socket } from 'node:net';
import { type CardInterface, CONTACTLESS_ANSWER_TO_RESET, type TornAnswer } from '../card/index.js';
import type { ReaderModel } from './models/index.js';
import { control, encodeCutFrame, encodeFrame, FrameReader } from './wire.js';

/** What lies on the virtual reader. A promise that never settles makes a mute card. */
export interface PresentableCard {
  transmit(command: Uint8Array): Uint8Array | TornAnswer | Promise<Uint8Array | TornAnswer>;
  /** The answer to reset; a contactless card has none, and the reader then makes one up. */
  powerOn(by?: CardInterface): Uint8Array | undefined;
  powerOff(): void;
}

/** Where the virtual reader listens: our driver's socket, or a TCP port (our driver or vsmartcard's vpcd, 35963). */
export type VirtualReaderAddress =
  | { readonly socketPath: string }
  | { readonly host?: string | undefined; readonly port: number };

export interface PresentOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether the reader is a slot or a field, for a card that can be in both. */
  readonly interface?: CardInterface | undefined;
  /** In place of what the card gives. */
  readonly answerToReset?: Uint8Array | undefined;
  /** Which commands the reader keeps for itself; without it none. */
  readonly model?: ReaderModel | undefined;
}

export type PresentationEnd =
  | { readonly reason: 'withdrawn' }
  /** The card left by itself: torn, or without a field for a moment. */
  | { readonly reason: 'torn'; readonly by: TornAnswer['by'] }
  /** The reader was unplugged: the PC/SC service has ended. */
  | { readonly reason: 'reader-gone' }
  /** The card itself threw. */
  | { readonly reason: 'card-failed'; readonly error: unknown };

export interface PresentedCard {
  /** Settles when the reader gives the card power for the first time: from then on the PC/SC service knows of it. */
  readonly powered: Promise<void>;
  /** Settles when the card no longer lies on the reader; never rejects. */
  readonly ended: Promise<PresentationEnd>;
  /** Takes the card away, at once and whatever it is doing. */
  withdraw(): Promise<void>;
}

/**
 * Lays a card on a virtual reader and lets it answer until it is withdrawn, `signal` aborts or the reader goes.
 * Commands are answered one after the other. Rejects with the socket's own error (ENOENT, ECONNREFUSED, EACCES) when
 * no virtual reader listens there.
 */
export async function presentCard(
  card: PresentableCard,
  { signal, interface: by, answerToReset, model, ...address }: VirtualReaderAddress & PresentOptions,
): Promise<PresentedCard> {
  signal?.throwIfAborted();
  const socket = await openSocket(address);
  const presentation = new Presentation(card, socket, { by, answerToReset, model });
  const withdraw = () => void presentation.withdraw();
  signal?.addEventListener('abort', withdraw, { once: true });
  if (signal?.aborted) withdraw();
  void presentation.ended.then(() => signal?.removeEventListener('abort', withdraw));
  return presentation;
}

function openSocket(address: VirtualReaderAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket =
      'socketPath' in address
        ? connect(address.socketPath)
        : connect({ host: address.host ?? '127.0.0.1', port: address.port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

class Presentation implements PresentedCard {
  readonly ended: Promise<PresentationEnd>;
  readonly powered: Promise<void>;
  #toldPowered!: () => void;
  #end: PresentationEnd = { reason: 'reader-gone' };
  #answerToReset: Uint8Array | undefined;
  #powered = false;
  #isEscape = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly card: PresentableCard,
    private readonly socket: Socket,
    private readonly options: {
      readonly by: CardInterface | undefined;
      readonly answerToReset: Uint8Array | undefined;
      readonly model: ReaderModel | undefined;
    },
  ) {
    this.powered = new Promise((resolve) => {
      this.#toldPowered = resolve;
    });
    const frames = new FrameReader();
    socket.on('data', (piece) => {
      for (const body of frames.push(piece)) this.#queue = this.#queue.then(() => this.#answer(body));
    });
    /** 'close' follows and tells the rest. */
    socket.on('error', () => {});
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#powerOff();
        resolve(this.#end);
      });
    });
  }

  async withdraw(): Promise<void> {
    this.#finish({ reason: 'withdrawn' });
    await this.ended;
  }

  #finish(end: PresentationEnd): void {
    if (this.socket.destroyed) return;
    this.#end = end;
    this.socket.destroy();
  }

  async #answer(body: Uint8Array): Promise<void> {
    if (!this.socket.writable) return;
    try {
      const answer = body.length > 1 ? await this.#transmit(body) : this.#control(body[0]);
      if (!this.socket.writable || answer === undefined) return;
      if (answer instanceof Uint8Array) this.socket.write(encodeFrame(answer));
      else this.#leave(answer);
    } catch (error) {
      this.#finish({ reason: 'card-failed', error });
    }
  }

  #transmit(body: Uint8Array): ReturnType<PresentableCard['transmit']> {
    const { model } = this.options;
    if (!this.#isEscape) return model?.transmit(body) ?? this.card.transmit(body);
    this.#isEscape = false;
    return model?.control(body) ?? new Uint8Array(0);
  }

  /** Of an answer that is cut the reader gets less than was announced, and then the end of the connection. */
  #leave({ by, received }: TornAnswer): void {
    this.#end = { reason: 'torn', by };
    const rest = received.length === 0 ? received : encodeCutFrame(received);
    this.socket.end(rest, () => this.socket.destroy());
  }

  #control(byte: number | undefined): Uint8Array | undefined {
    if (byte === control.powerOff || byte === control.reset) this.#powerOff();
    if (byte === control.powerOn || byte === control.reset) this.#powerOn();
    this.#isEscape = byte === control.escape;
    if (byte !== control.getAnswerToReset) return undefined;
    if (!this.#powered) this.#powerOn();
    return this.options.answerToReset ?? this.#answerToReset ?? CONTACTLESS_ANSWER_TO_RESET;
  }

  #powerOn(): void {
    this.#powered = true;
    this.#answerToReset = this.card.powerOn(this.options.by);
    this.#toldPowered();
  }

  #powerOff(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.card.powerOff();
  }
}
