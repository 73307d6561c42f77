import type { Said } from './membership-changes.js';
import { type Recording, refuse } from './recording.js';

type WithIdentity = Said<{ readonly member: string; readonly identity_token: string | null }>;

/** Refuses who brings an identity document that another member has; gives the others. */
export async function withoutTakenIdentities<Row extends WithIdentity>(
  rows: readonly Row[],
  recording: Recording,
): Promise<readonly Row[]> {
  const tokens = rows.flatMap(({ identity_token }) => identity_token ?? []);
  if (tokens.length === 0) return rows;
  const found = await recording.transaction
    .selectFrom('members')
    .select(['member', 'identity_token'])
    .where('identity_token', 'in', tokens)
    .execute();
  const ownerOf = new Map(found.map(({ member, identity_token }) => [identity_token, member]));
  return rows.filter(({ member, identity_token, origin }) => {
    if (identity_token === null) return true;
    const owner = ownerOf.get(identity_token) ?? member;
    ownerOf.set(identity_token, owner);
    if (owner !== member) refuse(recording, origin, 'identityNumber', 'identity-of-other-member');
    return owner === member;
  });
}
