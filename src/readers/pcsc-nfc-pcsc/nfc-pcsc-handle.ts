import type { TransportProtocol } from '../card-channel.js';
import {
  type CardHandle,
  CONTROL_RESPONSE_LENGTH_MAX,
  protocolName,
  protocolNumber,
  responseLengthMax,
  shareModes,
} from '../pcsc/binding.js';
import type { ConnectOptions, ReaderStatus } from '../pcsc/pcsc.js';
import { LEAVE_CARD, type NfcPcscReader, type PcscliteReader, UNPOWER_CARD } from './nfc-pcsc-package.js';

/**
 * The reader of `@pokusew/pcsclite` below that of `nfc-pcsc`, which connects in shared mode only and hides its errors.
 * The answer to reset is that of the connection; this binding cannot read the one after a reset, which is the same.
 */
export class NfcPcscHandle implements CardHandle {
  private constructor(
    private readonly reader: PcscliteReader,
    readonly answerToReset: Uint8Array | undefined,
    private readonly options: ConnectOptions,
    private protocolNumber: number,
  ) {}

  /** Connects to the card on a reader that is no longer watched, as it was seen last. */
  static async connect(
    { reader }: NfcPcscReader,
    { answerToReset }: ReaderStatus,
    options: ConnectOptions,
  ): Promise<NfcPcscHandle> {
    return new NfcPcscHandle(reader, answerToReset, options, await connect(reader, options));
  }

  get protocol(): TransportProtocol | undefined {
    return protocolName(this.protocolNumber);
  }

  transmit(command: Uint8Array): Promise<Uint8Array> {
    return called((callback) =>
      this.reader.transmit(Buffer.from(command), responseLengthMax(command), this.protocolNumber, callback),
    );
  }

  control(controlCode: number, data: Uint8Array): Promise<Uint8Array> {
    return called((callback) =>
      this.reader.control(Buffer.from(data), controlCode, CONTROL_RESPONSE_LENGTH_MAX, callback),
    );
  }

  async reset(): Promise<void> {
    await this.#disconnect(UNPOWER_CARD);
    this.protocolNumber = await connect(this.reader, this.options);
  }

  release(): Promise<void> {
    return this.#disconnect(LEAVE_CARD);
  }

  async #disconnect(disposition: number): Promise<void> {
    await called<undefined>((callback) => this.reader.disconnect(disposition, callback));
  }
}

const connect = (reader: PcscliteReader, { share = 'shared', protocol }: ConnectOptions): Promise<number> =>
  called((callback) => reader.connect({ share_mode: shareModes[share], protocol: protocolNumber(protocol) }, callback));

function called<Result>(
  call: (callback: (error: Error | null | undefined, result: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
}
