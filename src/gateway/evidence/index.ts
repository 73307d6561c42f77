export { type EvidenceRefusal, type EvidenceRefusalDefinition, evidenceRefusals } from './evidence-refusal.js';
export type { RefusedEvidence } from './read-evidence.js';
export { type VerifiedEvidence, type VerifyEvidenceOptions, verifyEvidence } from './verify-evidence.js';
