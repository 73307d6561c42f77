import { type CardHandle, type PcscBinding, protocolNumber, readerStatus, shareModes } from '../pcsc/binding.js';
import { loadPackage } from '../pcsc/load-binding.js';
import type { ConnectOptions, ReaderStatus } from '../pcsc/pcsc.js';
import { sameReaders } from '../pcsc/reader-events.js';
import { SmartcardHandle } from './smartcard-handle.js';
import type { SmartcardContext, SmartcardPackage, SmartcardReader } from './smartcard-package.js';

/** The name under which the service reports that readers were plugged in or out. */
const PLUG_AND_PLAY = { name: '\\\\?PnP?\\Notification', state: 0 };

/** The package `smartcard`; throws `binding-missing`. */
export function createSmartcardBinding(): PcscBinding {
  return new SmartcardBinding(loadPackage<SmartcardPackage>('smartcard'));
}

/**
 * Each call has a context of its own: libpcsclite locks a context for as long as a call on it waits, so that listing
 * on the context of a wait would block the process; and a context of a service that has ended stays useless.
 */
class SmartcardBinding implements PcscBinding {
  readonly name = 'smartcard';

  constructor(private readonly smartcard: SmartcardPackage) {}

  async readers(): Promise<ReaderStatus[]> {
    return this.#withContext(async (context) => statusesOf(context.listReaders()));
  }

  waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<ReaderStatus[]> {
    return this.#withContext(async (context) => {
      const readers = context.listReaders();
      const statuses = statusesOf(readers);
      if (signal.aborted || !sameReaders(statuses, known)) return statuses;
      const cancel = () => context.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const states = readers.map(({ name, state }) => ({ name, state }));
        await context.waitForChange([...states, PLUG_AND_PLAY], limitMs);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
      return statusesOf(context.listReaders());
    });
  }

  async connect(readerName: string, options: ConnectOptions): Promise<CardHandle> {
    const context = new this.smartcard.Context();
    try {
      const reader = context.listReaders().find(({ name }) => name === readerName);
      if (!reader) throw new Error('Unknown reader');
      const { share = 'shared', protocol } = options;
      return new SmartcardHandle(context, await reader.connect(shareModes[share], protocolNumber(protocol)), options);
    } catch (error) {
      context.close();
      throw error;
    }
  }

  /** Nothing is left between two calls. */
  async close(): Promise<void> {}

  async #withContext<T>(use: (context: SmartcardContext) => Promise<T>): Promise<T> {
    const context = new this.smartcard.Context();
    try {
      return await use(context);
    } finally {
      context.close();
    }
  }
}

/** The package gives all readers the state 0 when one of them was unplugged between its two questions. */
function statusesOf(readers: readonly SmartcardReader[]): ReaderStatus[] {
  if (readers.some(({ state }) => state === 0)) throw new Error('Unknown reader');
  return readers.map(({ name, state, atr }) => readerStatus(name, state, atr));
}
