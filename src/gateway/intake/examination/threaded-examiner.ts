import { Worker } from 'node:worker_threads';
import type { TapRecord } from '../../../tap/index.js';
import { builtFile } from '../../built-file.js';
import type { IssuerKey } from '../../evidence/index.js';
import type { ExaminedRecord } from './examined-record.js';
import type { Examiner, ExaminerOptions, KeptCertificates } from './examiner.js';
import type { Examined, Outcome, ThreadSetUp, ToExamine } from './messages.js';
import type { Reading } from './read-text.js';

/** In a message: some, since nothing is kept before the first is back (docs/decisions/0057). */
const TOGETHER_MAX = 50;

interface Waiting {
  readonly text: string;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: Error) => void;
}

/** Examines in a thread of its own, which a failure ends and the next tap begins anew. */
export class ThreadedExaminer implements Examiner {
  readonly #options: ExaminerOptions;
  #worker: Worker | undefined;
  /** Those that its thread has not been told of yet. */
  #queue: Waiting[] = [];
  /** Those that it has been told of, message by message. */
  readonly #asked: (readonly Waiting[])[] = [];
  #isSending = false;
  #issuerKeys: readonly IssuerKey[] | undefined;
  #kept: KeptCertificates | undefined;

  constructor(options: ExaminerOptions) {
    this.#options = options;
    this.#worker = this.#begin();
  }

  /** How many taps wait for it. */
  get load(): number {
    return this.#queue.length + this.#asked.reduce((sum, { length }) => sum + length, 0);
  }

  async examine(record: TapRecord): Promise<ExaminedRecord> {
    const reading = await this.read(JSON.stringify(record));
    if ('examined' in reading) return reading.examined;
    throw new TypeError(`no tap record: ${JSON.stringify(reading)}`);
  }

  read(text: string): Promise<Reading> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ text, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      // While it is busy, whatever else comes in this turn goes along; while it is idle it need not wait for that.
      if (this.#asked.length === 0) queueMicrotask(this.#send);
      else setImmediate(this.#send);
    });
  }

  keptCertificates(): KeptCertificates {
    const none = { hits: 0, misses: 0, size: 0, sizeMax: 0 };
    return this.#kept ?? { issuer: none, card: none };
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    const error = new Error('the gateway has stopped');
    if (worker) this.#end(worker, error);
    for (const { reject } of this.#queue.splice(0)) reject(error);
    await worker?.terminate();
  }

  readonly #send = (): void => {
    this.#isSending = false;
    while (this.#queue.length > 0) {
      this.#worker ??= this.#begin();
      const together = this.#queue.slice(0, TOGETHER_MAX);
      this.#queue = this.#queue.slice(TOGETHER_MAX);
      this.#asked.push(together);
      this.#worker.ref();
      this.#worker.postMessage(this.#messageOf(together));
    }
  };

  #messageOf(together: readonly Waiting[]): ToExamine {
    const texts = together.map(({ text }) => text);
    const issuerKeys = this.#options.issuerKeys?.all();
    if (issuerKeys === this.#issuerKeys) return { texts };
    this.#issuerKeys = issuerKeys;
    return { texts, issuerKeys };
  }

  #begin(): Worker {
    const { caKeys, recordKeys, revoked, tokenKey } = this.#options;
    const keys = caKeys.all().map(({ prepared: _prepared, ...key }) => key);
    const workerData: ThreadSetUp = { caKeys: keys, revoked, tokenKey, recordKeys };
    this.#issuerKeys = undefined;
    const worker = new Worker(builtFile('examiner-thread.js'), { workerData });
    worker.on('message', (examined: Examined) => this.#answer(worker, examined));
    worker.once('error', (error) => this.#end(worker, error));
    worker.once('exit', () => this.#end(worker, new Error("the examiner's thread has ended")));
    worker.unref();
    return worker;
  }

  #answer(worker: Worker, { keptCertificates, outcomes, sealed }: Examined): void {
    this.#kept = keptCertificates;
    const waiting = this.#asked.shift()!;
    if (this.#asked.length === 0) worker.unref();
    let offset = 0;
    for (const [index, outcome] of (JSON.parse(outcomes) as readonly Outcome[]).entries()) {
      const { resolve, reject } = waiting[index]!;
      if ('thrown' in outcome) {
        reject(new Error(outcome.thrown));
        continue;
      }
      if (!('record' in outcome)) {
        resolve(outcome);
        continue;
      }
      const { record, examined, sealedLength } = outcome;
      const own = sealed.subarray(offset, offset + sealedLength);
      // Set on what was parsed just now, for a copy of it would cost more than all else here.
      resolve({ record, examined: Object.assign(examined, { sealed: own }) });
      offset += sealedLength;
    }
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#asked.splice(0).flat()) reject(error);
  }
}
