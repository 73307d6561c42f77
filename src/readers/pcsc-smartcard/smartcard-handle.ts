import type { TransportProtocol } from '../card-channel.js';
import { type CardHandle, protocolName, protocolNumber, responseLengthMax, shareModes } from '../pcsc/binding.js';
import type { ConnectOptions } from '../pcsc/pcsc.js';
import { LEAVE_CARD, type SmartcardCard, type SmartcardContext, UNPOWER_CARD } from './smartcard-package.js';

export class SmartcardHandle implements CardHandle {
  answerToReset: Uint8Array | undefined;
  protocol: TransportProtocol | undefined;

  constructor(
    private readonly context: SmartcardContext,
    private readonly card: SmartcardCard,
    private readonly options: ConnectOptions,
  ) {
    this.#readConnection();
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    return plain(await this.card.transmit(asBuffer(command), { maxRecvLength: responseLengthMax(command) }));
  }

  async control(controlCode: number, data: Uint8Array): Promise<Uint8Array> {
    return plain(await this.card.control(controlCode, asBuffer(data)));
  }

  async reset(): Promise<void> {
    const { share = 'shared', protocol } = this.options;
    await this.card.reconnect(shareModes[share], protocolNumber(protocol), UNPOWER_CARD);
    this.#readConnection();
  }

  async release(): Promise<void> {
    try {
      this.card.disconnect(LEAVE_CARD);
    } finally {
      this.context.close();
    }
  }

  #readConnection(): void {
    this.protocol = protocolName(this.card.protocol);
    this.answerToReset = this.card.atr ? Uint8Array.from(this.card.atr) : undefined;
  }
}

/** The same bytes, as the package wants them: it copies them before it returns. */
const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What a package gives is a `Buffer`, whose `slice` and `toString` are others. */
const plain = (buffer: Uint8Array): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
