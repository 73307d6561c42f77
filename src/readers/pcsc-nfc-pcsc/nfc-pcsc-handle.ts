import { type CardHandle, RESPONSE_LENGTH_MAX } from '../pcsc/binding.js';
import type { NfcPcscReader } from './nfc-pcsc-package.js';

/** The answer to reset is that of the connection; this binding cannot read the one after a reset, which is the same. */
export class NfcPcscHandle implements CardHandle {
  constructor(
    private readonly reader: NfcPcscReader,
    readonly answerToReset: Uint8Array | undefined,
  ) {}

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
