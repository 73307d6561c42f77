import type { TapRecord } from '../../tap/index.js';
import type { QueueAnswer, TapQueue, UploadReport } from '../../terminal/index.js';
import { Turns } from '../../turns/turns.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { postWaiting, readPostedTap } from './keep-and-post.js';

export interface Delivery {
  readonly answer?: QueueAnswer | undefined;
  /** What the gateway says of the tap, with its receipt. */
  readonly tap?: unknown;
  readonly isRefused: boolean;
  /** Why the gateway took nothing; the taps are kept. */
  readonly failure?: CommandError | undefined;
}

export interface DelivererOptions {
  /** Without it nothing is posted. */
  readonly post?: string | undefined;
  readonly key?: string | undefined;
  readonly signal: AbortSignal;
  readonly onRetry: (reason: string, delayMs: number) => void;
}

/**
 * Posts taps, and all that waited before them, one upload after the other. A bench without a gateway does not hoard its
 * taps: there each counts as answered.
 */
export class Deliverer {
  readonly #turns = new Turns();
  /** An upload takes along what was kept meanwhile: the answer is there before its tap asks for it. */
  readonly #answers = new Map<number, QueueAnswer>();

  constructor(
    private readonly queue: TapQueue,
    private readonly options: DelivererOptions,
  ) {}

  /** `undefined` without a gateway. */
  deliver(record: TapRecord | undefined): Promise<Delivery | undefined> {
    const { post: url } = this.options;
    return this.#turns.take<Delivery | undefined>(() =>
      url === undefined ? this.#acknowledge(record) : this.#post(url, record),
    );
  }

  async #acknowledge(record: TapRecord | undefined): Promise<undefined> {
    if (record) await this.queue.acknowledge([{ sequence: record.sequence, result: 'created' }]);
  }

  async #post(url: string, record: TapRecord | undefined): Promise<Delivery> {
    const { key = '', signal, onRetry } = this.options;
    if (!this.#isAnswered(record)) {
      const { report, answers } = await postWaiting(this.queue, { url, key }, { signal, onRetry });
      for (const answer of answers) this.#answers.set(answer.sequence, answer);
      if (report.end !== 'done') return { isRefused: false, failure: notTaken(url, report) };
    }
    const answer = record && this.#answers.get(record.sequence);
    const isRefused = answer?.result === 'refused' || answer?.result === 'conflict';
    if (answer?.id === undefined) return { answer, isRefused };
    const tap = await readPostedTap(answer.id, { url, key }).catch(asCommandError);
    return tap instanceof CommandError ? { answer, isRefused, failure: tap } : { answer, isRefused, tap };
  }

  #isAnswered(record: TapRecord | undefined): boolean {
    return record !== undefined && this.#answers.has(record.sequence);
  }
}

function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  throw error;
}

function notTaken(url: string, { end, reason, pending }: UploadReport): CommandError {
  const kept = `${pending === 1 ? '1 tap is' : `${pending} taps are`} kept; the next tap with --post sends them again.`;
  if (end === 'rejected') {
    const message = `the gateway at ${url} takes nothing from here: ${reason}`;
    return new CommandError('gateway-refused', message, exitCodes.no, `Is the key right? ${kept}`);
  }
  const message = `the gateway at ${url} does not answer: ${reason ?? 'called off'}`;
  return new CommandError('gateway-unreachable', message, exitCodes.partMissing, kept);
}
