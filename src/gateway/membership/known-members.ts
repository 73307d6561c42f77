import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';

/** Which of these members there are. */
export async function knownMembers(
  transaction: Transaction<Tables>,
  members: readonly string[],
): Promise<ReadonlySet<string>> {
  if (members.length === 0) return new Set();
  const found = await transaction
    .selectFrom('members')
    .select('member')
    .where('member', 'in', [...new Set(members)])
    .execute();
  return new Set(found.map(({ member }) => member));
}
