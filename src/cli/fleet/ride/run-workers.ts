import { Worker } from 'node:worker_threads';
import { builtFile } from '../../../gateway/built-file.js';
import { calledOff } from '../called-off.js';
import type { FleetPlan } from '../plan/fleet-plan.js';
import { tapsOfRiders } from '../plan/taps-of-rider.js';
import type { Finished, Order, Report, WorkerSetUp } from './messages.js';
import { type Counts, Tally } from './tally.js';

export interface RiddenDay {
  /** Sorted, to be merged. */
  readonly files: readonly string[];
  readonly counts: Counts;
  /** Milliseconds of all workers together. */
  readonly issuingMs: number;
  readonly tappingMs: number;
}

export interface RunOptions {
  readonly workers: number;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (made: { readonly cards: number; readonly taps: number }) => void;
}

/** Riders that a worker is handed at a time: few, so that all workers end together. */
const RIDERS_TOGETHER = 4;

/** Rides the whole day on so many threads. Throws {@link CommandError} `called-off` when the signal says so. */
export async function runWorkers(plan: FleetPlan, options: RunOptions): Promise<RiddenDay> {
  const taps = new Uint8Array(new SharedArrayBuffer(plan.cards));
  taps.set(tapsOfRiders(plan));
  let next = 0;
  const nextOrder = (): Order => {
    if (next >= plan.cards) return { kind: 'finish' };
    const from = next;
    next = Math.min(plan.cards, from + RIDERS_TOGETHER);
    return { kind: 'ride', from, to: next };
  };
  const started: Worker[] = [];
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  try {
    const count = Math.min(options.workers, plan.cards);
    const finished = await Promise.all(
      Array.from({ length: count }, (_, index) => {
        const setUp: WorkerSetUp = { plan, taps, folder: options.folder, prefix: `worker-${index}` };
        const worker = new Worker(builtFile('fleet-worker.js'), { workerData: setUp });
        started.push(worker);
        return runWorker(worker, nextOrder, signal, options.onProgress);
      }),
    );
    return together(finished);
  } finally {
    stop.abort();
    await Promise.all(started.map((worker) => worker.terminate()));
  }
}

function runWorker(
  worker: Worker,
  nextOrder: () => Order,
  signal: AbortSignal,
  onProgress: RunOptions['onProgress'],
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const callOff = () => reject(calledOff());
    if (signal.aborted) callOff();
    signal.addEventListener('abort', callOff, { once: true });
    worker.on('message', (report: Report) => {
      if (report.kind === 'ready') worker.postMessage(nextOrder());
      else if (report.kind === 'progress') onProgress(report);
      else resolve(report);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a worker of the fleet ended early (${code})`)));
  });
}

function together(finished: readonly Finished[]): RiddenDay {
  const tally = new Tally();
  for (const { counts } of finished) tally.addAll(counts);
  const sum = (field: 'issuingMs' | 'tappingMs') => finished.reduce((all, one) => all + one[field], 0);
  return {
    files: finished.flatMap(({ files }) => files),
    counts: tally.toJSON(),
    issuingMs: sum('issuingMs'),
    tappingMs: sum('tappingMs'),
  };
}
