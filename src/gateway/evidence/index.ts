export { type EvidenceRefusal, evidenceRefusals } from './evidence-refusal.js';
export { createIssuerKeys, type IssuerKey, type IssuerKeys } from './issuer-keys.js';
export { IssuerKeysError, parseIssuerKeys } from './parse-issuer-keys.js';
export {
  boxedSuspicionPolicy,
  type CountedTap,
  type Suspicion,
  type SuspicionPart,
  type SuspicionPolicy,
  suspect,
} from './suspicion/index.js';
export { type VerifiedEvidence, type VerifyEvidenceOptions, verifyEvidence } from './verify-evidence.js';
