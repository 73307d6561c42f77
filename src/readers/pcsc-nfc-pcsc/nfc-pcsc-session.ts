import { setTimeout as sleep } from 'node:timers/promises';
import { readerStatus } from '../pcsc/binding.js';
import type { ReaderStatus } from '../pcsc/pcsc.js';
import { sameReaders } from '../pcsc/reader-events.js';
import type { NfcPcsc, NfcPcscPackage, NfcPcscReader } from './nfc-pcsc-package.js';

/** The service lists its readers within milliseconds; a machine with much else to do may take longer. */
const LIST_MS_MAX = 5000;
/** How long no watching thread may have told anything before it is ended. */
const QUIET_MS = 200;
/** As long as libpcsclite holds a thread back, out of reach, before it waits on a card without answer to reset. */
const QUIET_WITHOUT_ATR_MS = 600;

interface WatchedReader {
  readonly reader: NfcPcscReader;
  status: ReaderStatus | undefined;
}

/**
 * A look at the readers through one `NFC` object, for a while only: the object keeps the handles of readers that were
 * unplugged, and says nothing of it. The automatic connection of `nfc-pcsc` is taken away, since it connects to every
 * card on every reader and loses the error when it cannot.
 */
export class NfcPcscSession {
  readonly #nfc: NfcPcsc;
  readonly #readers = new Map<string, WatchedReader>();
  #listed = false;
  #failure: unknown;
  readonly #waiting = new Set<() => void>();
  #toldAt = performance.now();

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

  /** The readers as soon as they differ from `known`; as they are then after the limit or on abort. */
  async waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<ReaderStatus[]> {
    const wake = () => this.#notify();
    signal.addEventListener('abort', wake);
    const isOver = () => signal.aborted || (this.#isComplete && !sameReaders(this.#statuses, known));
    await this.#until(isOver, limitMs).finally(() => signal.removeEventListener('abort', wake));
    return this.readers();
  }

  /** The reader of that name, to be connected to once this session is closed. */
  async reader(name: string): Promise<{ readonly reader: NfcPcscReader; readonly status: ReaderStatus }> {
    const status = (await this.readers()).find((each) => each.name === name);
    if (!status) throw new Error('Unknown reader (0x80100009)');
    return { reader: this.#readers.get(name)!.reader, status };
  }

  /**
   * Ends all watching threads, those of the readers first, or the process stays alive. A reader may still be connected
   * to; without its watching thread no event can wait for a command under way and block the process.
   * The binding breaks the wait of a thread off. A thread that has just told something, and is only on its way to its
   * wait, misses that: it would end without a word, which keeps the process alive, or begin its wait, for whose end the
   * binding blocks the process. Nothing says that it has got there, so we let it be quiet for a while first.
   * Never called from an event's callback: the binding holds the lock there that closing takes.
   */
  async close(): Promise<void> {
    this.#failure ??= new Error('Unknown reader (0x80100009)');
    this.#notify();
    for (;;) {
      await afterPendingEvents();
      const leftMs = this.#toldAt + this.#quietMs - performance.now();
      if (leftMs <= 0) break;
      await sleep(Math.ceil(leftMs));
    }
    for (const { reader } of this.#watched) reader.close();
    this.#nfc.close();
  }

  get #quietMs(): number {
    const isQuick = this.#watched.every(({ status }) => status?.card === 'absent' || status?.answerToReset);
    return isQuick ? QUIET_MS : QUIET_WITHOUT_ATR_MS;
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
        this.#wake();
      });
  }

  #watch(reader: NfcPcscReader): void {
    const watched: WatchedReader = { reader, status: undefined };
    this.#readers.set(reader.name, watched);
    reader.autoProcessing = false;
    reader.reader.removeAllListeners('status');
    reader.reader.on('status', ({ state, atr }: { state: number; atr?: Uint8Array }) => {
      watched.status = readerStatus(reader.name, state, atr?.length ? atr : undefined);
      this.#wake();
    });
    reader.on('error', (error: unknown) => this.#fail(error));
    reader.on('end', () => this.#fail(new Error('Unknown reader (0x80100009)')));
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake();
  }

  #wake(): void {
    this.#toldAt = performance.now();
    this.#notify();
  }

  #notify(): void {
    for (const look of this.#waiting) look();
    this.#waiting.clear();
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
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

const afterPendingEvents = () => new Promise<void>((resolve) => setImmediate(resolve));
