export {
  type AnsweredLine,
  type BatchAnswer,
  type Batches,
  type BatchName,
  createBatches,
} from './batches.js';
export { createIntake } from './create-intake.js';
export { type Examiner, openExaminer, type ReadTap } from './examination/index.js';
export { forgetBatchesJob } from './forget-batches-job.js';
export type {
  ChargeQuery,
  ChargeView,
  ClosedServiceDay,
  Intake,
  Receipt,
  TapAnswer,
  ToldAnswer,
} from './intake.js';
export { IntakeError, type IntakeErrorCode } from './intake-error.js';
export type { IntakeObserver } from './intake-observer.js';
export type { IntakeOptions } from './intake-options.js';
export { createKeeper, type Keeper, ThreadedKeeper } from './keeping/index.js';
export type { RepriceReport } from './reprice-report.js';
export { createRepricings, type Repricings, type RepricingView } from './repricings.js';
export { bookingDay, readClosedDays } from './service-days.js';
export { type TapRefusal, tapRefusals } from './tap-refusals.js';
export { answerText } from './told-answer.js';
export { unfoldRow } from './unfold-row.js';
