export { doEach } from './do-each.js';
export type { Job } from './job.js';
export { type Scheduler, type SchedulerOptions, startScheduler } from './scheduler.js';
