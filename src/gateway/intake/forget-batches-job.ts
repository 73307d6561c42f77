import type { Job } from '../jobs/index.js';
import type { Batches } from './batches.js';

const RETENTION_MS = 30 * 86_400_000;

/** Forgets how far batches came that began more than thirty days ago; nobody goes on with them any more. */
export const forgetBatchesJob = (batches: Batches, clock: () => Date): Job => ({
  name: 'tap-batches',
  everySeconds: 3600,
  async run(signal) {
    await batches.forget(new Date(clock().getTime() - RETENTION_MS), signal);
  },
});
