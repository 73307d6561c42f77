export { memberColumns } from './csv-columns.js';
export * from './decide/index.js';
export { fillMemberTokens } from './fill-member-tokens.js';
export { readImports } from './import-journal.js';
export { importMembers } from './import-members.js';
export type { ImportProgress, ImportReport, ImportSource } from './import-options.js';
export {
  cardStateSchema,
  certificationSchema,
  memberNumberSchema,
  memberRecordSchema,
  membershipSchema,
  newCardSchema,
  newCertificationSchema,
  newWithdrawalSchema,
  panSchema,
  withdrawalSchema,
} from './member-record.js';
export { nameCard } from './membership-changes.js';
export { MembershipError, type MembershipIssue } from './membership-error.js';
export {
  type ErasureResult,
  eraseMember,
  exportMember,
} from './privacy/index.js';
export { readFareCards } from './read-fare-cards.js';
export { listCards, listMembers, maskMember, personalDataCipherOf, readCard, readMember } from './read-members.js';
export {
  readCardStatus,
  readMemberStatus,
} from './read-status.js';
export type { MembershipOptions, RecordedChanges } from './record-changes.js';
export {
  recordCard,
  recordCertification,
  recordCertificationsOf,
  recordMember,
  recordMembership,
  recordState,
  recordWithdrawal,
} from './record-one.js';
export type { Leaver } from './recording.js';
export { type RepriceDueOptions, repriceDue, repriceJob, repriceSoon } from './reprice-due.js';
