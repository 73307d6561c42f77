export type { ExaminedRecord } from './examined-record.js';
export { createExaminer, type Examiner, type ExaminerOptions, type KeptCertificates } from './examiner.js';
export { openExaminer } from './open-examiner.js';
export { type Reading, type ReadTap, type TappedRecord, type TapText, toReadTap } from './read-text.js';
