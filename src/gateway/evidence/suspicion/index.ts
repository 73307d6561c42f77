export { type CountedTap, type Suspicion, type SuspicionCode, type SuspicionPart, suspect } from './suspect.js';
export { boxedSuspicionPolicy, type SuspicionPolicy } from './suspicion-policy.js';
