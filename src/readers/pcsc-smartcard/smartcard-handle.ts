import { type CardHandle, RESPONSE_LENGTH_MAX } from '../pcsc/binding.js';
import {
  LEAVE_CARD,
  PROTOCOL_ANY,
  SHARE_SHARED,
  type SmartcardCard,
  type SmartcardContext,
  UNPOWER_CARD,
} from './smartcard-package.js';

export class SmartcardHandle implements CardHandle {
  answerToReset: Uint8Array | undefined;

  constructor(
    private readonly context: SmartcardContext,
    private readonly card: SmartcardCard,
  ) {
    this.#readAnswerToReset();
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const response = await this.card.transmit(Buffer.from(command), { maxRecvLength: RESPONSE_LENGTH_MAX });
    return Uint8Array.from(response);
  }

  async reset(): Promise<void> {
    await this.card.reconnect(SHARE_SHARED, PROTOCOL_ANY, UNPOWER_CARD);
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
