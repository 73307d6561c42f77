import type { Recording } from './recording.js';

/** Which of these members there are. */
export async function knownMembers(
  { transaction, members: recorded }: Recording,
  members: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(members)];
  const known = new Set(asked.filter((member) => recorded.has(member)));
  const others = asked.filter((member) => !known.has(member));
  if (others.length === 0) return known;
  const found = await transaction.selectFrom('members').select('member').where('member', 'in', others).execute();
  for (const { member } of found) known.add(member);
  return known;
}

/** Those of the members of whom facts may be known already. */
export const withFacts = ({ members: recorded }: Recording, members: readonly string[]): readonly string[] =>
  members.filter((member) => recorded.get(member) !== 'new');
