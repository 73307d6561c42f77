import {
  ChannelError,
  openPcsc,
  type Pcsc,
  type PcscBindingName,
  type ReaderStatus,
  type ShareMode,
  tearCodes,
} from '../../../readers/index.js';
import { openCardOnReader, type ReaderUse } from '../open-card-on-reader.js';
import { type CardWish, chooseCard } from './card-choice.js';
import type { CardRun } from './card-run.js';
import { connectPatiently } from './connect-patiently.js';
import { ReaderPlaces } from './reader-places.js';
import type { StatusLine } from './status-line.js';

export interface ReaderLoop extends ReaderUse, CardWish {
  readonly binding?: PcscBindingName | undefined;
  readonly share?: ShareMode | undefined;
  readonly count: number;
  /** How long no card may come; without it until Ctrl-C. */
  readonly timeoutMs?: number | undefined;
  readonly signal: AbortSignal;
  readonly status: StatusLine;
}

/**
 * Taps each card that is laid on a reader, on several readers at once, until there were enough of them or the signal
 * aborts; a tap that has begun is never broken off. A card pulled on its way, a reader unplugged and a service that ends
 * are waited out. Throws {@link ChannelError}: `no-card` after the timeout, and what cannot be asked at the beginning.
 */
export async function tapOnReaders(run: CardRun, loop: ReaderLoop): Promise<void> {
  const pcsc = openPcsc({ binding: loop.binding });
  try {
    await new LoopOnReaders(pcsc, run, loop).run();
  } finally {
    loop.status.end();
    await pcsc.close();
  }
}

class LoopOnReaders {
  readonly #over = new AbortController();
  readonly #places: ReaderPlaces;
  /** By reader, the end of the last tap that was begun on it. */
  readonly #taps = new Map<string, Promise<void>>();
  readonly #tapping = new Set<string>();
  #wishIsDue = false;
  #begun = 0;
  #failure: unknown;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pcsc: Pcsc,
    private readonly cardRun: CardRun,
    private readonly loop: ReaderLoop,
  ) {
    this.#places = new ReaderPlaces(loop);
  }

  async run(): Promise<void> {
    const signal = AbortSignal.any([this.loop.signal, this.#over.signal]);
    if ((await this.pcsc.readers()).length === 0) this.#tellWish();
    this.#waitAnew();
    try {
      for await (const event of this.pcsc.watch({ signal })) {
        if (!this.#places.follow(event)) continue;
        if (event.event === 'card-inserted' || event.event === 'card-mute') await this.#cardCame(event.reader);
        this.#tellWish();
      }
    } finally {
      clearTimeout(this.#timer);
      await Promise.all(this.#taps.values());
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The binding `nfc-pcsc` blocks the process when it looks at a reader that is in use: there one tap at a time. */
  async #cardCame(reader: ReaderStatus): Promise<void> {
    if (this.#begun >= this.loop.count || !this.#places.takeUp(reader)) return;
    if (!this.#canBeTapped(reader)) return;
    this.#begun++;
    const before = this.#taps.get(reader.name) ?? Promise.resolve();
    const tap = before.then(() => this.#tapOn(reader)).catch((error: unknown) => this.#fail(error));
    this.#taps.set(reader.name, tap);
    if (this.pcsc.binding === 'nfc-pcsc') await tap;
  }

  #canBeTapped(reader: ReaderStatus): boolean {
    const { isTaken, mayStay, why } = chooseCard(reader, this.loop);
    if (mayStay) this.#places.leaveAlone(reader.name);
    if (why !== undefined) this.#tell(why);
    return isTaken;
  }

  async #tapOn(reader: ReaderStatus): Promise<void> {
    clearTimeout(this.#timer);
    this.#tapping.add(reader.name);
    const hasTapped = await this.#tryToTap(reader).finally(() => this.#tapping.delete(reader.name));
    if (!hasTapped) this.#begun--;
    if (hasTapped && this.cardRun.tally.taps >= this.loop.count) this.#over.abort();
    else this.#waitAnew();
    this.#tellWish();
  }

  /** Whether there was a tap, torn or not; a card that could not be reached is told and makes none. */
  async #tryToTap(reader: ReaderStatus): Promise<boolean> {
    try {
      const connection = await connectPatiently(() => this.pcsc.connect(reader.name, { share: this.loop.share }), {
        isWorthwhile: () => !this.loop.signal.aborted && this.#places.stillLies(reader),
        onHindered: ({ message }) => this.#tell(message),
      });
      const card = openCardOnReader(connection, this.loop);
      try {
        await this.cardRun.tap(card);
        return true;
      } finally {
        await card.close();
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.#tell(error.message);
      return false;
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#over.abort();
  }

  #waitAnew(): void {
    const { reader, timeoutMs } = this.loop;
    clearTimeout(this.#timer);
    if (timeoutMs === undefined) return;
    const where = reader ?? 'any reader';
    this.#timer = setTimeout(() => this.#fail(new ChannelError('no-card', `no card on ${where}`)), timeoutMs);
  }

  #tell(message: string): void {
    this.loop.status.clear();
    process.stderr.write(`${message}\n`);
  }

  /** Once for all that happens together. */
  #tellWish(): void {
    if (this.#wishIsDue) return;
    this.#wishIsDue = true;
    setImmediate(() => {
      this.#wishIsDue = false;
      if (this.#over.signal.aborted || this.loop.signal.aborted) return;
      const { line, taps } = this.cardRun.tally;
      const wish = this.#places.invitation((name) => this.#tapping.has(name));
      this.loop.status.show(wish, taps === 0 ? 'Ctrl-C ends' : line);
    });
  }
}

/** What ends when card, reader or service come back. */
const PASSING: ReadonlySet<string> = new Set([...tearCodes, 'card-in-use', 'protocol-unsupported']);

const isPassing = (error: unknown): error is ChannelError => error instanceof ChannelError && PASSING.has(error.code);
