import { Worker } from 'node:worker_threads';
import { Watched } from './watched.js';
import type { Report, Work } from './worker.js';

export interface TargetResult extends Report {
  readonly target: string;
  readonly seed: number;
  readonly milliseconds: number;
}

/** An input that takes so long has no end, as far as anybody waits. */
const ENDLESS_MS = 20_000;
const LOOK_EVERY_MS = 500;
/** More than any input of some kilobytes may take. */
const MEMORY_MB = 512;

/** Fuzzes one target in a thread of its own, which is ended where it hangs or takes too much memory. */
export function fuzzTarget(work: Omit<Work, 'shared'>): Promise<TargetResult> {
  const shared = Watched.make();
  const watched = new Watched(shared);
  const start = performance.now();
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { ...work, shared } satisfies Work,
    execArgv: ['--enable-source-maps', '--no-warnings'],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise((resolve) => {
    let seen = { count: -1, at: performance.now() };
    const end = (report: Report) => {
      clearInterval(timer);
      resolve({ ...report, target: work.target, seed: work.seed, milliseconds: performance.now() - start });
    };
    const fail = (error: string) => end({ runs: watched.count, kept: 0, finding: { input: watched.input, error } });
    const timer = setInterval(() => {
      if (watched.count !== seen.count) seen = { count: watched.count, at: performance.now() };
      else if (watched.count > 0 && performance.now() - seen.at > ENDLESS_MS) {
        fail(`no end within ${ENDLESS_MS / 1000} s`);
        void worker.terminate();
      }
    }, LOOK_EVERY_MS);
    worker.on('message', end);
    worker.on('error', (error: NodeJS.ErrnoException) => fail(error.stack ?? error.message));
  });
}
