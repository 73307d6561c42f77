import type { TransportProtocol } from '../card-channel.js';
import { type CardHandle, protocolName, protocolNumber, RESPONSE_LENGTH_MAX, shareModes } from '../pcsc/binding.js';
import type { ConnectOptions } from '../pcsc/pcsc.js';
import { LEAVE_CARD, type SmartcardCard, type SmartcardContext, UNPOWER_CARD } from './smartcard-package.js';

export class SmartcardHandle implements CardHandle {
  answerToReset: Uint8Array | undefined;

  constructor(
    private readonly context: SmartcardContext,
    private readonly card: SmartcardCard,
    private readonly options: ConnectOptions,
  ) {
    this.#readAnswerToReset();
  }

  get protocol(): TransportProtocol | undefined {
    return protocolName(this.card.protocol);
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.card.transmit(Buffer.from(command), { maxRecvLength: RESPONSE_LENGTH_MAX });
    return Uint8Array.from(response);
  }

  async control(controlCode: number, data: Uint8Array): Promise<Uint8Array> {
    return Uint8Array.from(await this.card.control(controlCode, Buffer.from(data)));
  }

  async reset(): Promise<void> {
    const { share = 'shared', protocol } = this.options;
    await this.card.reconnect(shareModes[share], protocolNumber(protocol), UNPOWER_CARD);
    this.#readAnswerToReset();
  }

  async release(): Promise<void> {
    try {
      this.card.disconnect(LEAVE_CARD);
    } finally {
      this.context.close();
    }
  }

  #readAnswerToReset(): void {
    this.answerToReset = this.card.atr ? Uint8Array.from(this.card.atr) : undefined;
  }
}
