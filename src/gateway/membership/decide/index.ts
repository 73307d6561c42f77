export type {
  CardExchange,
  CardGeneration,
  CardHistory,
  CardState,
  Certification,
  MembershipChange,
} from './card-history.js';
export { type CardRefusal, cardRefusal, generationAt, stateAt } from './card-refusal.js';
export {
  decideMember,
  decideMembership,
  isOpen,
  type MembershipDecision,
  type MembershipQuestion,
  type ReasonAgainst,
  type ReasonAgainstMember,
  type ReasonFor,
  stands,
  versionOn,
} from './decide-membership.js';
export { holdsUntil } from './holds-until.js';
export { loadMembershipPolicy, ningboPolicy, parseMembershipPolicy } from './load-policy.js';
export { type MemberRefusal, memberRefusal } from './member-refusal.js';
export { type MembershipReason, membershipReasons, type ReasonWords, wordsOf } from './membership-reason.js';
export {
  type CertificationField,
  certificationFields,
  type MembershipPolicy,
  membershipPolicySchema,
  type PolicyVersion,
  type YearlyRule,
} from './policy-schema.js';
