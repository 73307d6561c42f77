export type { RetryRules } from './retry-delay.js';
export { type UploadEnd, type UploadOptions, type UploadReport, uploadQueue } from './upload-queue.js';
