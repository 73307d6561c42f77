export { RETRY_RULES, type RetryRules, retryDelay } from './retry-delay.js';
export { type AnswersByIndex, type BatchOutcome, type Gateway, sendLines } from './send-batch.js';
export { type UploadEnd, type UploadOptions, type UploadReport, uploadQueue } from './upload-queue.js';
