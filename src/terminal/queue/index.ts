export { openTapQueue } from './open-tap-queue.js';
export { QueueError, type QueueErrorCode } from './queue-error.js';
export type { QueueFile, QueueFiles } from './queue-files.js';
export type { AnswerResult, QueueAnswer, SetAside } from './queue-state.js';
export type { RefusedTap } from './refused-taps.js';
export type { TapQueue, TapQueueOptions, UnnumberedTap } from './tap-queue.js';
