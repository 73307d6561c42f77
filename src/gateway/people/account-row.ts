import type { Kysely } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { AccountsTable } from '../storage/people-tables.js';
import type { Reach } from './reach.js';
import { allRoles, type Belonging, isRole, type Role, roleDefinitions } from './roles.js';

/** Roles as they are kept: each set has one text. */
export const rolesAsText = (roles: readonly Role[]): string =>
  JSON.stringify(allRoles.filter((role) => roles.includes(role)));

/** Roles that no version knows any more count for nothing. */
export const parseRoles = (text: string): Role[] => (JSON.parse(text) as string[]).filter(isRole);

/** What roles belong to, which must be the same for all: what two reach is not put together to more than either. */
export function belongingOf(roles: readonly Role[]): Belonging | undefined {
  const kinds = new Set(roles.map((role) => roleDefinitions[role].belongsTo));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** Now, and not when it was made: units are moved. `undefined` where what it belongs to is gone. */
export async function readReach(kysely: Kysely<Tables>, row: AccountsTable): Promise<Reach | undefined> {
  const { member, unit, bank, operator } = row;
  const kind = belongingOf(parseRoles(row.roles));
  if (kind === 'everything') return { kind: 'all' };
  if (kind === 'member' && member !== null) return { kind, member };
  if (kind === 'bank' && bank !== null) return { kind, bank };
  if (kind === 'operator' && operator !== null) return { kind, operator };
  if (kind !== 'unit' || unit === null) return undefined;
  const path = await readUnitPath(kysely, unit);
  return path === undefined ? undefined : { kind, path };
}

export async function readUnitPath(kysely: Kysely<Tables>, unit: string): Promise<string | undefined> {
  const row = await kysely.selectFrom('units').select('path').where('unit', '=', unit).executeTakeFirst();
  return row?.path;
}
