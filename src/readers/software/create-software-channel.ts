import { type CardChannel, ChannelError } from '../card-channel.js';

/** By which a terminal reaches a card. */
export type CardInterface = 'contact' | 'contactless';

/** A response APDU with its status word; or the bytes that came of one whose card has left, mostly none. */
export type CardAnswer = Uint8Array | { readonly received: Uint8Array };

/** Whatever behaves like a card: the simulator's software card, or a script in a test. */
export interface InProcessCard {
  /** Answers one command APDU with a response APDU; or leaves, before or in the middle of its answer. */
  transmit(command: Uint8Array): CardAnswer | Promise<CardAnswer>;
  /** Gives the answer to reset; `undefined` where the card has none. Told how it is reached, where somebody said so. */
  powerOn(by?: CardInterface): Uint8Array | undefined;
  powerOff(): void;
}

/**
 * A channel to a card in this process. The card is powered on at once and off by `close`; `interface` says whether it
 * is in a slot or in the field, for a card that can be both.
 * What the card throws itself passes through. A card that leaves is `card-removed`; one that leaves in the middle of its
 * answer is a `communication-error`, for no reader hands on what came of it, and so is an answer below two bytes.
 */
export function createSoftwareChannel(
  card: InProcessCard,
  name = 'software card',
  { interface: by }: { readonly interface?: CardInterface | undefined } = {},
): CardChannel {
  return new SoftwareChannel(card, name, by);
}

class SoftwareChannel implements CardChannel {
  #answerToReset: Uint8Array | undefined;
  #open = true;

  constructor(
    private readonly card: InProcessCard,
    readonly name: string,
    private readonly by: CardInterface | undefined,
  ) {
    this.#answerToReset = card.powerOn(by);
  }

  get answerToReset(): Uint8Array | undefined {
    return this.#answerToReset;
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    return this.transmitAtOnce(command);
  }

  transmitAtOnce(command: Uint8Array): Uint8Array | Promise<Uint8Array> {
    this.#requireOpen();
    const answer = this.card.transmit(command);
    return answer instanceof Promise ? answer.then(responseIn) : responseIn(answer);
  }

  async reset(): Promise<void> {
    this.#requireOpen();
    this.card.powerOff();
    this.#answerToReset = this.card.powerOn(this.by);
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

function responseIn(answer: CardAnswer): Uint8Array {
  if (!(answer instanceof Uint8Array)) throw lost(answer.received);
  if (answer.length >= 2) return answer;
  throw new ChannelError('communication-error', `the card answered ${answer.length} bytes, no status word`);
}

const lost = ({ length }: Uint8Array): ChannelError =>
  length === 0
    ? new ChannelError('card-removed', 'the card left the field')
    : new ChannelError('communication-error', `the card left the field after ${length} bytes of its answer`);
