import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { GatewayDatabase } from '../storage/index.js';
import { type HeldJob, HOLD_MS, holdJob } from './hold-job.js';
import type { Job } from './job.js';

export interface SchedulerOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'debug' | 'error'>;
  jobDone(name: string, outcome: 'done' | 'failed', seconds: number): void;
}

export interface Scheduler {
  /** Ends the runs under way and starts none any more. */
  stop(): Promise<void>;
}

/** How often a process looks whether a job is due, at most. */
const LOOK_MS = 15_000;

/**
 * Runs each job as often as it says, in one process of all that share the books: whoever comes first holds the job
 * until its run has ended, and a holder that has died loses it after a minute. A run that was cut short is done again
 * without waiting for the next one.
 */
export function startScheduler(jobs: readonly Job[], options: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  // Every job listens, and its run does.
  setMaxListeners(0, stopping.signal);
  const running = jobs.map((job) => repeat(job, options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function repeat(job: Job, options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  const holder = Buffer.from(options.random(8)).toString('hex');
  const lookMs = Math.min(LOOK_MS, job.everySeconds * 1000);
  while (!signal.aborted) {
    try {
      const held = await holdJob(options.database, job, holder, options.clock);
      if (held && signal.aborted) await held.handBack();
      else if (held) await runOnce(job, held, options, signal);
    } catch (error) {
      // The database does not answer; it is asked again.
      options.logger.error({ job: job.name, err: error }, 'job');
    }
    await wait(lookMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function runOnce(job: Job, held: HeldJob, options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  const start = options.now();
  const lost = new AbortController();
  const renewing = setInterval(() => {
    held.renew().then(
      (isMine) => isMine || lost.abort(),
      () => {},
    );
  }, HOLD_MS / 3);
  let outcome: 'done' | 'failed' = 'done';
  try {
    await job.run(AbortSignal.any([signal, lost.signal]));
  } catch (error) {
    outcome = 'failed';
    if (!signal.aborted) options.logger.error({ job: job.name, err: error }, 'job');
  }
  clearInterval(renewing);
  const elapsedMs = options.now() - start;
  options.jobDone(job.name, outcome, elapsedMs / 1000);
  options.logger.debug({ job: job.name, outcome, elapsedMs: Math.round(elapsedMs) }, 'job');
  if (signal.aborted) await held.handBack();
  else await held.release(outcome);
}
