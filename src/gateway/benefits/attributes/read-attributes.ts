import type { Kysely } from 'kysely';
import { groupBy } from '../../group-by.js';
import type { MemberAttributesTable } from '../../storage/benefit-tables.js';
import type { Tables } from '../../storage/index.js';
import type { AttributeName, MemberAttributes } from './member-attribute.js';

type Reader = Pick<Kysely<Tables>, 'selectFrom'>;

/** Everything that was recorded of some members, in the order in which it holds. */
export async function readAttributeFacts(
  reader: Reader,
  members: readonly string[],
): Promise<ReadonlyMap<string, readonly MemberAttributesTable[]>> {
  if (members.length === 0) return new Map();
  const rows = await reader
    .selectFrom('member_attributes')
    .selectAll()
    .where('member', 'in', members)
    .orderBy('member')
    .orderBy('from_ms')
    .orderBy('attribute')
    .orderBy('sequence')
    .execute();
  return groupBy(rows, ({ member }) => member);
}

/** What holds at an instant, by what was known at another one; of two from one instant the one recorded later counts. */
export function attributesAt(
  facts: readonly MemberAttributesTable[],
  atMs: number,
  knownAtMs = Number.POSITIVE_INFINITY,
): MemberAttributes {
  const held = facts.filter(({ from_ms, recorded_at_ms }) => from_ms <= atMs && recorded_at_ms <= knownAtMs);
  return Object.fromEntries(held.map(({ attribute, value }) => [attribute as AttributeName, value]));
}
