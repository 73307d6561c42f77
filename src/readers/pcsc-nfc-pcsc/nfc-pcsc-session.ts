import { readerStatus, sameReaders } from '../pcsc/binding.js';
import type { ReaderStatus } from '../pcsc/pcsc.js';
import type { NfcPcsc, NfcPcscPackage, NfcPcscReader } from './nfc-pcsc-package.js';

/** The service lists its readers within milliseconds. */
const LIST_MS_MAX = 2000;

interface WatchedReader {
  readonly reader: NfcPcscReader;
  status: ReaderStatus | undefined;
}

/**
 * A look at the readers through one `NFC` object, as short as possible: the object keeps the handles of readers that
 * were unplugged, and says nothing of it. The automatic connection of `nfc-pcsc` is taken away, since it connects to
 * every card on every reader and loses the error when it cannot.
 */
export class NfcPcscSession {
  readonly #nfc: NfcPcsc;
  readonly #readers = new Map<string, WatchedReader>();
  #listed = false;
  #failure: unknown;
  #notify: () => void = () => {};

  /** Throws the binding's error; spins for ever where no service answers, so look first. */
  constructor({ NFC }: NfcPcscPackage) {
    this.#nfc = new NFC();
    this.#nfc.on('reader', (reader: NfcPcscReader) => this.#watch(reader));
    this.#nfc.on('error', (error: unknown) => this.#fail(error));
    this.#seeFirstList();
  }

  /** The readers with the state of each; rejects with what the binding reports meanwhile. */
  async readers(): Promise<ReaderStatus[]> {
    if (!(await this.#until(() => this.#isComplete, LIST_MS_MAX)))
      throw new Error('the service does not list its readers');
    return this.#statuses;
  }

  /** Returns as soon as the readers differ from `known`, after the limit, or on abort. */
  async waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<void> {
    const wake = () => this.#notify();
    signal.addEventListener('abort', wake);
    const isOver = () => signal.aborted || (this.#isComplete && !sameReaders(this.#statuses, known));
    await this.#until(isOver, limitMs).finally(() => signal.removeEventListener('abort', wake));
  }

  /** Connects to the card of a reader that `readers` has named and keeps the reader out of `close`. */
  async connect(name: string): Promise<NfcPcscReader> {
    const watched = this.#readers.get(name);
    if (!watched) throw new Error('Unknown reader (0x80100009)');
    const { reader } = watched;
    await reader.connect();
    reader.card = {};
    return reader;
  }

  /**
   * Ends all watching threads, those of the readers first, or the process stays alive. A connected reader stays
   * connected; without its watching thread no event can wait for a command under way and block the process.
   * The binding holds a reader's lock while it tells its state, and closing takes the same lock: called from there,
   * through any number of promises, it would wait for itself for ever.
   */
  async close(): Promise<void> {
    await afterPresentEvent();
    for (const { reader } of this.#watched) reader.close();
    this.#nfc.close();
  }

  get #watched(): WatchedReader[] {
    return [...this.#readers.values()];
  }

  get #isComplete(): boolean {
    return this.#listed && this.#watched.every(({ status }) => status);
  }

  get #statuses(): ReaderStatus[] {
    return this.#watched.flatMap(({ status }) => status ?? []);
  }

  /** `nfc-pcsc` has no event for an empty list; it starts the watcher in the next tick. */
  #seeFirstList(): void {
    const { pcsc } = this.#nfc;
    const start = pcsc.start;
    pcsc.start = (callback) =>
      start.call(pcsc, (error, names) => {
        callback(error, names);
        this.#listed = true;
        this.#notify();
      });
  }

  #watch(reader: NfcPcscReader): void {
    const watched: WatchedReader = { reader, status: undefined };
    this.#readers.set(reader.name, watched);
    reader.autoProcessing = false;
    reader.reader.removeAllListeners('status');
    reader.reader.on('status', ({ state, atr }: { state: number; atr?: Uint8Array }) => {
      watched.status = readerStatus(reader.name, state, atr?.length ? atr : undefined);
      this.#notify();
    });
    reader.on('error', (error: unknown) => this.#fail(error));
    reader.on('end', () => this.#fail(new Error('Unknown reader (0x80100009)')));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#notify();
  }

  /** Whether the condition came true within the limit. */
  async #until(condition: () => boolean, limitMs: number): Promise<boolean> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#notify();
    }, limitMs);
    try {
      for (;;) {
        if (this.#failure !== undefined) throw this.#failure;
        if (condition()) return true;
        if (isLate) return false;
        await new Promise<void>((resolve) => {
          this.#notify = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

const afterPresentEvent = () => new Promise<void>((resolve) => setImmediate(resolve));
