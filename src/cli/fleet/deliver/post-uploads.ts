import { setTimeout as wait } from 'node:timers/promises';
import { type AnswersByIndex, type Gateway, RETRY_RULES, retryDelay, sendLines } from '../../../terminal/index.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { calledOff } from '../called-off.js';
import type { ExpectedAnswer } from '../ride/item.js';
import { AnswerTally } from './answer-tally.js';
import type { Upload } from './uploads.js';

const BATCH_SIZE = 500;
const REQUEST_TIMEOUT_MS = 120_000;
const ATTEMPTS_MAX = 8;

export interface PostOptions {
  readonly url: string;
  readonly key: string;
  readonly signal: AbortSignal;
}

/** An upload that was answered otherwise than it had to be. */
export interface Surprise {
  readonly operator: string;
  readonly terminal: string;
  readonly sequence: number;
  readonly expected: string;
  readonly answer: string;
}

/** So many of them are told; the counts tell of all. */
const SURPRISES_MAX = 20;

/**
 * Posts uploads to a gateway, batch after batch in their order, and counts its answers. A batch that got no answer is
 * sent again, with growing delays; the gateway knows what it has kept. Throws {@link CommandError}.
 */
export class GatewayDelivery {
  readonly answers = new AnswerTally();
  readonly surprises: Surprise[] = [];
  readonly #gateway: Gateway;
  #waiting: Upload[] = [];

  constructor(private readonly options: PostOptions) {
    this.#gateway = {
      url: options.url,
      apiKey: options.key,
      fetch: globalThis.fetch,
      clock: () => new Date(),
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
    };
  }

  async take(upload: Upload): Promise<void> {
    this.#waiting.push(upload);
    if (this.#waiting.length >= BATCH_SIZE) await this.#send();
  }

  async end(): Promise<void> {
    if (this.#waiting.length > 0) await this.#send();
  }

  async #send(): Promise<void> {
    let left: readonly Upload[] = this.#waiting;
    this.#waiting = [];
    for (let failures = 0; left.length > 0; ) {
      const outcome = await sendLines(
        left.map(({ text }) => text),
        this.#gateway,
        this.options.signal,
      );
      if (this.options.signal.aborted) throw calledOff();
      if (outcome.kind === 'rejected' || outcome.kind === 'too-large') throw refused(this.options.url, outcome.code);
      if (outcome.kind === 'answered') {
        if (outcome.barred !== undefined) throw refused(this.options.url, outcome.barred);
        this.#count(left, outcome.answers);
        const before = left.length;
        left = left.filter((_, index) => !outcome.answers.has(index));
        if (left.length < before) failures = 0;
        if (left.length === 0) return;
      }
      failures++;
      const reason = outcome.kind === 'unavailable' ? outcome.reason : 'answer-incomplete';
      if (failures >= ATTEMPTS_MAX) throw unreachable(this.options.url, reason);
      const retryAfterMs = outcome.kind === 'unavailable' ? outcome.retryAfterMs : undefined;
      await wait(retryDelay(failures, 1, retryAfterMs, RETRY_RULES), undefined, { signal: this.options.signal }).catch(
        () => {
          throw calledOff();
        },
      );
    }
  }

  #count(uploads: readonly Upload[], answers: AnswersByIndex): void {
    for (const [index, { result, code }] of answers) {
      const answer: ExpectedAnswer = result === 'refused' ? `refused:${code ?? 'unknown'}` : result;
      this.answers.add(answer);
      const { operator, terminal, sequence, expected } = uploads[index]!;
      if (isSame(expected, answer) || this.surprises.length >= SURPRISES_MAX) continue;
      this.surprises.push({ operator, terminal, sequence, expected, answer });
    }
  }
}

const taken: ReadonlySet<ExpectedAnswer> = new Set(['created', 'exists']);

const isSame = (one: ExpectedAnswer, other: ExpectedAnswer): boolean =>
  one === other || (taken.has(one) && taken.has(other));

const refused = (url: string, code: string) =>
  new CommandError('gateway-refused', `${url} takes no batch: ${code}`, exitCodes.no, 'Is the key an administrator’s?');

const unreachable = (url: string, reason: string) =>
  new CommandError(
    'gateway-unreachable',
    `${url} gave no answer: ${reason}`,
    exitCodes.partMissing,
    'Is it started, and is the address right? yongtap gateway starts one.',
  );
