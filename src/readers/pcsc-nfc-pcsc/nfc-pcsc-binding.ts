import { ChannelError } from '../card-channel.js';
import type { CardHandle, PcscBinding } from '../pcsc/binding.js';
import { loadPackage } from '../pcsc/load-binding.js';
import type { ConnectOptions, ReaderStatus } from '../pcsc/pcsc.js';
import { sameReaders } from '../pcsc/reader-events.js';
import { NfcPcscHandle } from './nfc-pcsc-handle.js';
import type { NfcPcscPackage } from './nfc-pcsc-package.js';
import { NfcPcscSession } from './nfc-pcsc-session.js';

/** The package `nfc-pcsc`; throws `binding-missing`. */
export function createNfcPcscBinding(): PcscBinding {
  return new NfcPcscBinding(loadPackage<NfcPcscPackage>('nfc-pcsc'));
}

/**
 * Looks at the readers through one session for as long as it lasts, since to end one takes time. A session ends when it
 * fails, when it has told nothing new for the time of a wait, for it may look at readers that have gone, and before a
 * reader is connected to, which must not be watched.
 */
class NfcPcscBinding implements PcscBinding {
  readonly name = 'nfc-pcsc';
  #session: NfcPcscSession | undefined;
  #ending: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(private readonly nfcPcsc: NfcPcscPackage) {}

  readers(): Promise<ReaderStatus[]> {
    return this.#use((session) => session.readers());
  }

  async waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<ReaderStatus[]> {
    const readers = await this.#use((session) => session.waitForChange(known, limitMs, signal));
    if (sameReaders(readers, known)) await this.#endSession();
    return readers;
  }

  async connect(readerName: string, options: ConnectOptions): Promise<CardHandle> {
    const { reader, status } = await this.#use((session) => session.reader(readerName));
    await this.#endSession();
    return NfcPcscHandle.connect(reader, status, options);
  }

  /** Nobody looks again: a command that fails only now must not begin a session that nobody ends. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#endSession();
  }

  #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session) this.#ending = Promise.all([this.#ending, session.close()]).then(() => {});
    return this.#ending;
  }

  async #use<T>(use: (session: NfcPcscSession) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ChannelError('channel-closed', 'the PC/SC service was closed');
    this.#session ??= new NfcPcscSession(this.nfcPcsc);
    const session = this.#session;
    try {
      return await use(session);
    } catch (error) {
      if (session === this.#session) await this.#endSession();
      throw error;
    }
  }
}
