import type { CardAnswer, KernelCommand, KernelCommandName } from '../../../emv/kernel/index.js';
import { onceFor } from '../../../emv/once-for.js';
import {
  answerOf,
  type CardChannel,
  ChannelError,
  type ChannelErrorCode,
  TimeWatch,
  tearCodes,
  withTransportRules,
} from '../../readers/index.js';

/** One command of the kernel and what became of it. The bytes may hold a card number: they are for memory, not for logs. */
export interface TapExchange<Name extends string = KernelCommandName> {
  readonly name: Name;
  readonly command: Uint8Array;
  /** With its status word; absent where the card gave no answer. */
  readonly response?: Uint8Array | undefined;
  readonly error?: ChannelErrorCode | undefined;
  /** Milliseconds from the start of the transaction to the command. */
  readonly at: number;
  /** Microseconds from the command to the answer. */
  readonly elapsedUs: number;
}

const TEARS: ReadonlySet<ChannelErrorCode> = new Set(tearCodes);

export interface ConversationLimits {
  /** Milliseconds that one command may take, its GET RESPONSEs included. */
  readonly exchange: number;
  /** No command is sent later than this many milliseconds after the start. */
  readonly transaction: number;
}

/** A channel under its rules, and the watch over its answers; both serve all taps. */
const guardedBy = onceFor(({ exchange }: ConversationLimits) =>
  onceFor((channel: CardChannel) => ({
    channel: withTransportRules(channel),
    watch: new TimeWatch(channel.name, exchange),
  })),
);

/** Puts the kernel's commands to a card one by one, within bounded time, and remembers them. */
export class Conversation<Name extends string = KernelCommandName> {
  readonly trace: TapExchange<Name>[] = [];
  #tear: ChannelErrorCode | undefined;
  readonly #start: number;
  readonly #guarded: ReturnType<ReturnType<typeof guardedBy>>;

  constructor(
    channel: CardChannel,
    private readonly limits: ConversationLimits,
    private readonly now: () => number,
    private readonly onExchange: ((exchange: TapExchange<Name>) => void) | undefined,
  ) {
    this.#guarded = guardedBy(limits)(channel);
    this.#start = now();
  }

  /** Why the card was lost, once it was. */
  get tear(): ChannelErrorCode | undefined {
    return this.#tear;
  }

  get elapsedMs(): number {
    return this.now() - this.#start;
  }

  /**
   * A card that was lost is asked nothing more, and the kernel says what that means. Throws ChannelError for what is not
   * the card's doing: a closed channel, another transcript. A card in this process is answered for at once.
   */
  ask(asked: KernelCommand<Name>): CardAnswer | Promise<CardAnswer> {
    if (this.#tear !== undefined) return { kind: 'no-response' };
    const sent = this.now();
    if (sent - this.#start > this.limits.transaction) return this.#remember(asked, sent, 'card-mute');
    let response: Uint8Array | ChannelErrorCode | Promise<Uint8Array>;
    try {
      response = answerOf(this.#guarded.channel, asked.command);
    } catch (failure) {
      response = tearOf(failure);
    }
    if (!(response instanceof Promise)) return this.#remember(asked, sent, response);
    return this.#guarded.watch.over(
      response,
      (answer) => this.#remember(asked, sent, answer),
      (failure) => this.#remember(asked, sent, tearOf(failure)),
    );
  }

  #remember({ name, command }: KernelCommand<Name>, sent: number, response: Uint8Array | ChannelErrorCode): CardAnswer {
    const at = sent - this.#start;
    const elapsedUs = Math.round((this.now() - sent) * 1000);
    const isTorn = typeof response === 'string';
    const exchange: TapExchange<Name> = isTorn
      ? { name, command, at, elapsedUs, error: response }
      : { name, command, at, elapsedUs, response };
    this.trace.push(exchange);
    this.onExchange?.(exchange);
    if (!isTorn) return { kind: 'response', response };
    this.#tear = response;
    return { kind: 'no-response' };
  }
}

/** How the card was lost. Throws what is not the card's doing. */
function tearOf(failure: unknown): ChannelErrorCode {
  if (failure instanceof ChannelError && TEARS.has(failure.code)) return failure.code;
  throw failure;
}
