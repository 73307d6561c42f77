import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file.js';
import { fromThrown, type LogSync } from '../../storage/index.js';
import type { ExaminedTap } from '../examine-tap.js';
import type { TapAnswer } from '../intake.js';
import type { IntakeObserver } from '../intake-observer.js';
import { joinSealed } from '../join-sealed.js';
import type { Keeper, KeptTaps } from './keeper.js';
import type { Kept, ThreadSetUp, ToKeep } from './messages.js';

export interface ThreadedKeeperOptions extends ThreadSetUp {
  readonly clock: () => Date;
  readonly observer: Pick<IntakeObserver, 'booked'>;
  /** Where the thread's commits do not outlive a loss of power by themselves. */
  readonly logSync?: LogSync | undefined;
}

interface Waiting {
  readonly worker: Worker;
  readonly resolve: (kept: Extract<Kept, { answers: string }>) => void;
  readonly reject: (error: Error) => void;
}

/** Keeps taps in a thread of its own with a connection of its own; a failure ends it, and the next taps begin it anew. */
export class ThreadedKeeper implements Keeper {
  readonly #options: ThreadedKeeperOptions;
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(options: ThreadedKeeperOptions) {
    this.#options = options;
    this.#worker = this.#begin();
  }

  async keep(taps: readonly ExaminedTap[]): Promise<KeptTaps> {
    const { clock, logSync, observer } = this.#options;
    const { answers, booked } = await this.#ask(taps, clock().getTime() - Date.now());
    if (booked) observer.booked(booked);
    const durable = logSync?.sync() ?? Promise.resolve();
    return { answers: JSON.parse(answers) as TapAnswer[], durable };
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.#worker = undefined;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    worker.postMessage('close');
    await ended;
    await this.#options.logSync?.close();
  }

  #ask(taps: readonly ExaminedTap[], aheadMs: number): Promise<Extract<Kept, { answers: string }>> {
    return new Promise((resolve, reject) => {
      this.#worker ??= this.#begin();
      const worker = this.#worker;
      const id = ++this.#lastId;
      this.#waiting.set(id, { worker, resolve, reject });
      worker.ref();
      const sealed = joinSealed(taps.map((tap) => tap.sealed));
      const message: ToKeep = { id, taps: JSON.stringify(taps.map(withLength)), sealed, aheadMs };
      worker.postMessage(message, [sealed.buffer]);
    });
  }

  #begin(): Worker {
    const { location, tariff, campaigns, policy } = this.#options;
    const workerData: ThreadSetUp = { location, tariff, campaigns, policy };
    const worker = new Worker(builtFile('keeper-thread.js'), { workerData });
    worker.on('message', (kept: Kept) => {
      const { resolve, reject } = this.#waiting.get(kept.id)!;
      this.#waiting.delete(kept.id);
      if (this.#waiting.size === 0) worker.unref();
      if ('thrown' in kept) reject(fromThrown(kept.thrown));
      else resolve(kept);
    });
    worker.once('error', (error) => this.#end(worker, error));
    worker.once('exit', () => this.#end(worker, new Error("the books' thread has ended")));
    worker.unref();
    return worker;
  }

  #end(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.worker !== worker) continue;
      this.#waiting.delete(id);
      waiting.reject(error);
    }
  }
}

const withLength = ({ sealed, ...tap }: ExaminedTap) => ({ ...tap, sealedLength: sealed.length });
