import type { CardHandle, PcscBinding } from '../pcsc/binding.js';
import { loadPackage } from '../pcsc/load-binding.js';
import type { ReaderStatus } from '../pcsc/pcsc.js';
import { NfcPcscHandle } from './nfc-pcsc-handle.js';
import type { NfcPcscPackage } from './nfc-pcsc-package.js';
import { NfcPcscSession } from './nfc-pcsc-session.js';

/** The package `nfc-pcsc`; throws `binding-missing`. */
export function createNfcPcscBinding(): PcscBinding {
  return new NfcPcscBinding(loadPackage<NfcPcscPackage>('nfc-pcsc'));
}

/** Each call looks at the readers afresh, through a session of its own. */
class NfcPcscBinding implements PcscBinding {
  readonly name = 'nfc-pcsc';

  constructor(private readonly nfcPcsc: NfcPcscPackage) {}

  readers(): Promise<ReaderStatus[]> {
    return this.#withSession((session) => session.readers());
  }

  waitForChange(known: readonly ReaderStatus[], limitMs: number, signal: AbortSignal): Promise<ReaderStatus[]> {
    return this.#withSession((session) => session.waitForChange(known, limitMs, signal));
  }

  async connect(readerName: string): Promise<CardHandle> {
    const { reader, status } = await this.#withSession((session) => session.reader(readerName));
    return NfcPcscHandle.connect(reader, status);
  }

  async #withSession<T>(use: (session: NfcPcscSession) => Promise<T>): Promise<T> {
    const session = new NfcPcscSession(this.nfcPcsc);
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  }
}
