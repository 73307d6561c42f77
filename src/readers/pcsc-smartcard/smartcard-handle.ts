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

  /** The package copies the bytes before it returns. */
  transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.card.transmit(command, { maxRecvLength: responseLengthMax(command) });
  }

  control(controlCode: number, data: Uint8Array): Promise<Uint8Array> {
    return this.card.control(controlCode, data);
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
