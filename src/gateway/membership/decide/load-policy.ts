import { policyLoader } from '../../policy-loader.js';
import ningbo from '../data/policy-ningbo.yaml';
import { type MembershipPolicy, membershipPolicySchema } from './policy-schema.js';

/** Policies of membership; in the box is Ningbo's. */
export const { load: loadMembershipPolicy, parse: parseMembershipPolicy } = policyLoader(membershipPolicySchema, {
  ningbo,
});

let loaded: MembershipPolicy | undefined;

/** Ningbo's policy, where a caller names none. */
export function ningboPolicy(): MembershipPolicy {
  loaded ??= loadMembershipPolicy('ningbo');
  return loaded;
}
