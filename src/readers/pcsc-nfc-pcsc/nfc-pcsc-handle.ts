import { type CardHandle, RESPONSE_LENGTH_MAX } from '../pcsc/binding.js';
import type { ReaderStatus } from '../pcsc/pcsc.js';
import type { NfcPcscReader } from './nfc-pcsc-package.js';

/** The answer to reset is that of the connection; this binding cannot read the one after a reset, which is the same. */
export class NfcPcscHandle implements CardHandle {
  private constructor(
    private readonly reader: NfcPcscReader,
    readonly answerToReset: Uint8Array | undefined,
  ) {}

  /** Connects to the card on a reader that is no longer watched, as it was seen last. */
  static async connect(reader: NfcPcscReader, { answerToReset }: ReaderStatus): Promise<NfcPcscHandle> {
    await reader.connect();
    reader.card = {};
    return new NfcPcscHandle(reader, answerToReset);
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    return Uint8Array.from(await this.reader.transmit(Buffer.from(command), RESPONSE_LENGTH_MAX));
  }

  async reset(): Promise<void> {
    await this.#disconnect(this.reader.reader.SCARD_UNPOWER_CARD);
    await this.reader.connect();
  }

  release(): Promise<void> {
    return this.#disconnect(this.reader.reader.SCARD_LEAVE_CARD);
  }

  #disconnect(disposition: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.reader.reader.disconnect(disposition, (error) => (error ? reject(error) : resolve()));
    });
  }
}
