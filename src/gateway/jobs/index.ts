export { doEach } from './do-each.js';
export type { Job } from './job.js';
export { startScheduler } from './scheduler.js';
