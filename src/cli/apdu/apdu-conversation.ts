import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { followSession, instructions, sessionValues, toHex } from '../../../emv/index.js';
import { type CardChannel, ChannelError, withTransportRules } from '../../readers/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import type { AnswerPattern } from './script/answer-pattern.js';
import type { Statement, Surroundings } from './script/statement.js';

/** A command that was sent, and what came back. */
export interface SentCommand {
  readonly command: Uint8Array;
  /** With its status word; absent where the card gave no answer. */
  readonly response?: Uint8Array;
  /** How the card was lost. */
  readonly error?: string;
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly elapsedUs: number;
}

/** An expectation that was looked at. */
export interface CheckedExpectation {
  readonly at: string;
  readonly pattern: AnswerPattern;
  /** Index of the command whose answer it is about. */
  readonly command: number;
  /** Hex. */
  readonly answer: string;
  readonly isMet: boolean;
}

export type Done =
  | { readonly kind: 'sent'; readonly sent: SentCommand }
  | { readonly kind: 'checked'; readonly expectation: CheckedExpectation }
  | { readonly kind: 'reset'; readonly answerToReset: Uint8Array | undefined }
  | { readonly kind: 'waited' };

/** Commands put to a card one by one, with what was said before at hand. */
export class ApduConversation {
  readonly sent: SentCommand[] = [];
  readonly expectations: CheckedExpectation[] = [];
  readonly #start = performance.now();

  /** `raw`: 61xx and 6Cxx are handed through (T=0), for who answers them. */
  constructor(
    private readonly channel: CardChannel,
    private readonly options: { readonly raw: boolean; readonly signal: AbortSignal },
  ) {}

  /**
   * Throws {@link ChannelError} where the card is lost; the command is kept with it. Throws {@link CommandError}: a value
   * that was not said, a wait that was called off.
   */
  async perform(statement: Statement): Promise<Done> {
    switch (statement.kind) {
      case 'command':
        return { kind: 'sent', sent: await this.#send(statement.build(this.#surroundings)) };
      case 'expect':
        return { kind: 'checked', expectation: this.#check(statement.at, statement.pattern) };
      case 'reset':
        await this.channel.reset();
        return { kind: 'reset', answerToReset: this.channel.answerToReset };
      case 'wait':
        await sleep(statement.milliseconds, undefined, { signal: this.options.signal }).catch(() => {
          throw calledOff();
        });
        return { kind: 'waited' };
    }
  }

  async #send(command: Uint8Array): Promise<SentCommand> {
    const channel = this.options.raw ? this.channel : withTransportRules(this.channel);
    const start = performance.now();
    const keep = (heard: Pick<SentCommand, 'response' | 'error'>): SentCommand => {
      const elapsedUs = Math.round((performance.now() - start) * 1000);
      const sent = { command, ...heard, at: start - this.#start, elapsedUs };
      this.sent.push(sent);
      return sent;
    };
    try {
      return keep({ response: await channel.transmit(command) });
    } catch (error) {
      if (error instanceof ChannelError) keep({ error: error.code });
      throw error;
    }
  }

  #check(at: string, pattern: AnswerPattern): CheckedExpectation {
    const answer = toHex(this.sent.at(-1)?.response ?? new Uint8Array(0));
    const expectation = { at, pattern, command: this.sent.length - 1, answer, isMet: pattern.matches(answer) };
    this.expectations.push(expectation);
    return expectation;
  }

  get #surroundings(): Surroundings {
    const begun = this.sent.findLastIndex(({ command }) => command[1] === instructions.getProcessingOptions);
    const cryptograms = this.sent
      .slice(begun + 1)
      .filter(({ command }) => command[1] === instructions.generateCryptogram);
    return {
      said: sessionValues(followSession(this.sent)),
      cryptograms: cryptograms.length,
      random: randomBytes,
      clock: () => new Date(),
    };
  }
}

/** By Ctrl-C. */
export const calledOff = () => new CommandError('called-off', 'called off', exitCodes.no);
