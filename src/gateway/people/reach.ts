import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { Tables } from '../storage/index.js';

/** What somebody may see: everything, a unit and those below it, one member, one bank's cards or one operator's taps. */
export type Reach =
  | { readonly kind: 'all' }
  /** Ids from the root, with `/` around each: `/ningbo/haishu/h-012/`. */
  | { readonly kind: 'unit'; readonly path: string }
  | { readonly kind: 'member'; readonly member: string }
  | { readonly kind: 'bank'; readonly bank: string }
  | { readonly kind: 'operator'; readonly operator: string };

/** Whether a unit is in reach: one's own, or below it. */
export function mayReachUnit(reach: Reach, path: string): boolean {
  return reach.kind === 'all' || (reach.kind === 'unit' && isPath(reach.path) && path.startsWith(reach.path));
}

/** With everything an empty one would begin. */
const isPath = (path: string): boolean => /^\/.+\/$/.test(path);

/** A member is reached by themself and by officers of their unit and above; one without a unit by the city's only. */
export function mayReachMember(
  reach: Reach,
  { member, unitPath }: { readonly member: string; readonly unitPath?: string | undefined },
): boolean {
  if (reach.kind === 'member') return reach.member === member;
  return reach.kind === 'all' || (unitPath !== undefined && mayReachUnit(reach, unitPath));
}

/** The columns of a query that name a member and, where it has that at hand, the member's unit. */
export interface ReachColumns {
  readonly member: string;
  readonly unit?: string;
}

const MEMBERS: ReachColumns = { member: 'members.member', unit: 'members.unit' };

/**
 * Narrows a query to the members in reach.
 *
 * @example
 * whereReachable(kysely.selectFrom('members').selectAll(), reachOf(principal));
 * whereReachable(kysely.selectFrom('cards').selectAll(), reach, { member: 'cards.member' });
 */
export function whereReachable<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  reach: Reach,
  columns: ReachColumns = MEMBERS,
): SelectQueryBuilder<DB, TB, O> {
  return reach.kind === 'all' ? query : query.where(reachesMember(reach, columns));
}

/** The condition that a column names a member in reach. */
export function reachesMember(reach: Reach, { member, unit }: ReachColumns): RawBuilder<boolean> {
  if (reach.kind === 'all') return sql`1 = 1`;
  if (reach.kind === 'member') return sql`${sql.ref(member)} = ${reach.member}`;
  if (reach.kind !== 'unit' || !isPath(reach.path)) return sql`1 = 0`;
  if (unit !== undefined) return reachesUnit(reach, unit);
  return sql`${sql.ref(member)} in (select member from members where ${reachesUnit(reach, 'members.unit')})`;
}

/** The condition that a column names a unit in reach. */
export function reachesUnit(reach: Reach, unit: string): RawBuilder<boolean> {
  if (reach.kind === 'all') return sql`1 = 1`;
  if (reach.kind !== 'unit' || !isPath(reach.path)) return sql`1 = 0`;
  return sql`${sql.ref(unit)} in (${unitsBelow(reach.path)})`;
}

/** Compared letter by letter: `like` takes `_` for any letter, and on libsql `A` for `a`. */
const unitsBelow = (path: string): RawBuilder<unknown> =>
  sql`select unit from units where substr(path, 1, ${sql.lit([...path].length)}) = ${path}`;

/** Whether a member is there and in reach. */
export async function isReachable(kysely: Kysely<Tables>, reach: Reach, member: string): Promise<boolean> {
  const found = kysely.selectFrom('members').select('members.member').where('members.member', '=', member);
  return (await whereReachable(found, reach).executeTakeFirst()) !== undefined;
}

/** Whether a card is in reach by its member; one that is nobody's, or unknown, is in the reach of all only. */
export async function isCardReachable(kysely: Kysely<Tables>, reach: Reach, token: string): Promise<boolean> {
  if (reach.kind === 'all') return true;
  const found = kysely.selectFrom('cards').select('cards.card_token').where('cards.card_token', '=', token);
  return (await whereReachable(found, reach, { member: 'cards.member' }).executeTakeFirst()) !== undefined;
}
