export { maskDigits } from './card-number.js';
export { type CardNumbers, createCardNumbers } from './card-numbers.js';
export { describeValue } from './describe-value.js';
export { explain } from './explain.js';
export { explainAnswerToReset } from './explain-answer-to-reset.js';
export { type ExplainCommandOptions, explainCommand } from './explain-command.js';
export { explainDataObjectList } from './explain-data-object-list.js';
export { type ExplainResponseOptions, explainResponse } from './explain-response.js';
export { explainTrack } from './explain-track.js';
export type { DescribeOptions, ExplainedObject, ExplainOptions, ValueDescription } from './explained-object.js';
export * from './session/index.js';
export { readStorageCard, type StorageCard } from './storage-card.js';
export {
  type ExplainedFilePart,
  explainTransportCardFile,
  type TransportCardFile,
  transportCardFiles,
} from './transport-card-files.js';
