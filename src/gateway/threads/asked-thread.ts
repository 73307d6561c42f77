import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file.js';
import { fromThrown } from '../storage/thrown.js';
import type { Answered, Asked } from './messages.js';

export interface AskedThreadOptions {
  /** Its program, in `dist`: one that answers by `answerQuestions`. */
  readonly file: string;
  /** What it is begun with, each time. */
  readonly setUp: () => unknown;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that answers questions. A failure ends it for all who wait, and the next question begins it anew. */
export class AskedThread<Question, Answer> {
  readonly #options: AskedThreadOptions;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | undefined;
  #lastId = 0;
  #idle: (() => void) | undefined;

  constructor(options: AskedThreadOptions) {
    this.#options = options;
    this.#worker = this.#begin();
  }

  get isIdle(): boolean {
    return this.#waiting.size === 0;
  }

  /** `transfer`: memory that goes along, and is gone here. Throws what the thread throws. */
  ask(question: Question, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#begin();
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, question } satisfies Asked<Question>, transfer);
    });
  }

  /** Ends it at once: whoever waits is told `error`. */
  async end(error: Error): Promise<void> {
    const worker = this.#worker;
    if (worker) this.#ended(worker, error);
    await worker?.terminate();
  }

  /** Ends it, if there is one, once all is answered, and then a last question. */
  async finish(last: Question): Promise<void> {
    if (!this.isIdle) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    if (!this.#worker) return;
    await this.ask(last);
    await this.end(new Error('the thread has been ended'));
  }

  #begin(): Worker {
    const { file, setUp } = this.#options;
    const worker = new Worker(builtFile(file), { workerData: setUp() });
    worker.on('message', (answered: Answered<Answer>) => this.#answer(worker, answered));
    worker.once('error', (error) => this.#ended(worker, error));
    worker.once('exit', () => this.#ended(worker, new Error(`the thread ${file} has ended`)));
    worker.unref();
    return worker;
  }

  #answer(worker: Worker, answered: Answered<Answer>): void {
    const { resolve, reject } = this.#waiting.get(answered.id)!;
    this.#waiting.delete(answered.id);
    if ('thrown' in answered) reject(fromThrown(answered.thrown));
    else resolve(answered.answer);
    if (!this.isIdle) return;
    worker.unref();
    this.#idle?.();
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#idle?.();
  }
}
