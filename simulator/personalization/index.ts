export { type IssueOptions, issueCard } from './issue-card.js';
export { CardEditError, type CardEditErrorCode } from './issued/card-edit-error.js';
export { cloneCard } from './issued/clone-card.js';
export { type CardEdit, editCard } from './issued/edit-card.js';
export { editableState } from './issued/edit-state.js';
export { editableValues } from './issued/editable-values.js';
export { type DataGrouping, encodeGrouping } from './issued/export/data-grouping.js';
export {
  type PersonalizedApplication,
  personalizationOf,
  storeDataCommands,
} from './issued/export/personalization-file.js';
export { isValidPan, testPan } from './pan.js';
export type { IssuerName } from './pki/issuers.js';
export { testRevocations } from './pki/revocations.js';
export type { Sm2TestChain, Sm2TestIssuer } from './pki/sm2-chain.js';
export {
  createTestPki,
  TEST_PKI_SEED,
  type TestIssuer,
  type TestPki,
  type TestPkiOptions,
  testCaKeys,
} from './pki/test-pki.js';
export { tradeManagementKey } from './pki/trade-key.js';
export { loadProfile, parseProfile, profileNames, profilesMeant, profileText } from './profile/load-profile.js';
export { nearestName } from './profile/nearest-name.js';
export { ProfileError, type ProfileErrorCode } from './profile/profile-error.js';
export { profileJsonSchema, type SchemaNode, schemaNodeAt } from './profile/profile-json-schema.js';
export type { ApplicationProfile, CardProfile } from './profile/profile-schema.js';
export { type ExpectedOutcome, type ExpectedOutcomes, expectedOutcomes } from './profiles/profile-outcomes.js';
