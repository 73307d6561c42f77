import { type CardChannel, ChannelError } from '../card-channel.js';

/** Whatever behaves like a card: the simulator's software card, or a script in a test. */
export interface InProcessCard {
  /** Answers one command APDU with a response APDU. */
  transmit(command: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Gives the answer to reset; `undefined` where the card has none (contactless). */
  powerOn(): Uint8Array | undefined;
  powerOff(): void;
}

/**
 * A channel to a card in this process. The card is powered on at once and off by `close`.
 * What the card throws itself passes through; an answer below two bytes is a `communication-error`.
 */
export function createSoftwareChannel(card: InProcessCard, name = 'software card'): CardChannel {
  return new SoftwareChannel(card, name);
}

class SoftwareChannel implements CardChannel {
  #answerToReset: Uint8Array | undefined;
  #open = true;

  constructor(
    private readonly card: InProcessCard,
    readonly name: string,
  ) {
    this.#answerToReset = card.powerOn();
  }

  get answerToReset(): Uint8Array | undefined {
    return this.#answerToReset;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.#requireOpen();
    const response = await this.card.transmit(command);
    if (response.length < 2) {
      throw new ChannelError('communication-error', `the card answered ${response.length} bytes, no status word`);
    }
    return response;
  }

  async reset(): Promise<void> {
    this.#requireOpen();
    this.card.powerOff();
    this.#answerToReset = this.card.powerOn();
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.card.powerOff();
  }

  #requireOpen(): void {
    if (!this.#open) throw new ChannelError('channel-closed', `the channel to ${this.name} is closed`);
  }
}
