import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import { belongingOf, readUnitPath, rolesAsText } from './account-row.js';
import type { Belongs } from './account-view.js';
import { isReachable, mayReachUnit, type Reach, reachesMember, reachesUnit } from './reach.js';
import type { Role } from './roles.js';

/** Who looks after accounts. */
export interface Manager {
  /** `key:…`, `account:…`. */
  readonly by: string;
  /** Their own, which they do not look after; absent: a key's. */
  readonly account?: string | undefined;
  /** Whose accounts they make, invite, reset and disable, as far as they reach. */
  readonly manages: readonly Role[];
  /** Whether they see every account, and not only those that they look after. */
  readonly seesAll: boolean;
  readonly reach: Reach;
}

/** Whether what an account is to belong to is there, and in reach. */
export async function isBelongingInReach(
  kysely: Kysely<Tables>,
  reach: Reach,
  { member, unit }: Belongs,
): Promise<boolean> {
  if (member !== undefined) return isReachable(kysely, reach, member);
  if (unit === undefined) return reach.kind === 'all';
  const path = await readUnitPath(kysely, unit);
  return path !== undefined && mayReachUnit(reach, path);
}

/** Accounts that somebody sees. */
export const isVisible = (manager: Manager): RawBuilder<boolean> => (manager.seesAll ? sql`1 = 1` : isManaged(manager));

/** Accounts that somebody looks after: never their own. */
export function isManaged({ account = '', manages, reach }: Manager): RawBuilder<boolean> {
  const sets = roleSets(manages);
  if (sets.length === 0) return sql`1 = 0`;
  const isOfRole = sql`accounts.roles in (${sql.join(sets)}) and accounts.account <> ${account}`;
  if (reach.kind === 'all') return sql`${isOfRole}`;
  const isNear = sql`${reachesUnit(reach, 'accounts.unit')} or ${reachesMember(reach, { member: 'accounts.member' })}`;
  return sql`${isOfRole} and (${isNear})`;
}

/** Every set of roles of one kind that can be made of these, as it is kept. */
function roleSets(roles: readonly Role[]): string[] {
  let sets: Role[][] = [[]];
  for (const role of roles) sets = [...sets, ...sets.map((set) => [...set, role])];
  return sets.filter((set) => belongingOf(set) !== undefined).map(rolesAsText);
}
