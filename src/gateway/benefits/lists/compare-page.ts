import type { MembershipPolicy } from '../../membership/index.js';
import type { BenefitListChangesTable } from '../../storage/benefit-tables.js';
import { decideEntitlement, type Person } from '../entitlement/index.js';
import type { BenefitList } from './list-policy-schema.js';

export interface PageQuestion {
  readonly list: BenefitList;
  readonly policy: MembershipPolicy;
  readonly version: number;
  readonly day: string;
  /** The instant at which the day ends. */
  readonly at: string;
  readonly persons: ReadonlyMap<string, Person & { readonly unit: string }>;
  /** What was last said of each member of this part of the list, or of members who are gone. */
  readonly before: ReadonlyMap<string, BenefitListChangesTable>;
}

/** What a version changes for some members: who is entitled and was not on the list, who was and is not any more. Pure. */
export function comparePage(question: PageQuestion): BenefitListChangesTable[] {
  const { list, policy, at, persons, before } = question;
  const changes: BenefitListChangesTable[] = [];
  for (const person of persons.values()) {
    const { entitled, reason } = decideEntitlement({ policy, person, conditions: list.conditions, at });
    const known = before.get(person.member);
    const change = changeOf(question, person, { entitled, reason }, known?.change === 'dropped' ? undefined : known);
    if (change) changes.push(change);
  }
  for (const known of before.values()) {
    if (persons.has(known.member) || known.change === 'dropped') continue;
    changes.push({ ...known, version: question.version, change: 'dropped', reason: 'not-a-member' });
  }
  return changes;
}

function changeOf(
  { list: { list }, version, day }: PageQuestion,
  { member, unit }: { readonly member: string; readonly unit: string },
  { entitled, reason }: { readonly entitled: boolean; readonly reason: string },
  known: BenefitListChangesTable | undefined,
): BenefitListChangesTable | undefined {
  const row = { list, member, version, reason, unit };
  if (!entitled) return known && { ...row, change: 'dropped', since: known.since };
  if (!known) return { ...row, change: 'added', since: day };
  if (known.unit === unit && known.reason === reason) return undefined;
  return { ...row, change: 'changed', since: known.since };
}
