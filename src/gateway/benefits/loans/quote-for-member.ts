import { shanghaiDay } from '../../../calendar/shanghai.js';
import type { MembershipPolicy } from '../../membership/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { contributionAt } from '../contributions/contributions.js';
import { decideEntitlement, readPersons } from '../entitlement/index.js';
import type { LoanPolicy } from './loan-policy-schema.js';
import { type LoanQuote, type LoanRequest, quoteLoan } from './quote-loan.js';

export interface LoanOptions {
  readonly database: GatewayDatabase;
  readonly policy: MembershipPolicy;
  readonly loans: LoanPolicy;
}

/**
 * What a member could borrow at an instant, by what is known of them now; the rules and rates are those of its day.
 * `undefined`: there is no such member.
 */
export async function quoteForMember(
  { database: { kysely }, policy, loans }: LoanOptions,
  member: string,
  { at, ...request }: Omit<LoanRequest, 'day'> & { readonly at: string },
): Promise<LoanQuote | undefined> {
  const atMs = Date.parse(at);
  const person = (await readPersons(kysely, [member], { atMs })).get(member);
  if (!person) return undefined;
  const entitlement = decideEntitlement({ policy, person, conditions: {}, at });
  const contribution = await contributionAt(kysely, person.unitPath, atMs);
  // The bank's day begins at midnight.
  const day = shanghaiDay(atMs);
  const { attributes } = person;
  return quoteLoan({ policy: loans, request: { ...request, day }, member: { entitlement, attributes, contribution } });
}
