export type {
  CardHistory,
  CardState,
  Certification,
} from './card-history.js';
export { cardRefusal, generationAt, stateAt } from './card-refusal.js';
export {
  decideMember,
  decideMembership,
  isOpen,
  type MembershipDecision,
  type MembershipQuestion,
  stands,
  versionOn,
} from './decide-membership.js';
export { holdsUntil } from './holds-until.js';
export { loadMembershipPolicy, ningboPolicy, parseMembershipPolicy } from './load-policy.js';
export { memberRefusal } from './member-refusal.js';
export { type MembershipReason, membershipReasons, wordsOf } from './membership-reason.js';
export {
  type CertificationField,
  certificationFields,
  type MembershipPolicy,
  membershipPolicySchema,
  type YearlyRule,
} from './policy-schema.js';
