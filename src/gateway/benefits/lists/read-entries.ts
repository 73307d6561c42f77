import type { Kysely } from 'kysely';
import { type Reach, whereReachable } from '../../people/index.js';
import type { Tables } from '../../storage/index.js';
import type { ListChange, ListEntry } from './list-entry.js';

const ROWS_TOGETHER = 500;

/**
 * Who is on a version, in the order of the members' numbers: of each member the last change up to it, read in the order
 * of the table's key, so that nothing but one row is in memory.
 */
export async function* readEntries(
  kysely: Kysely<Tables>,
  { list, version }: { readonly list: string; readonly version: number },
): AsyncGenerator<ListEntry> {
  const rows = kysely
    .selectFrom('benefit_list_changes')
    .select(['member', 'change', 'unit', 'reason', 'since'])
    .where('list', '=', list)
    .where('version', '<=', version)
    .orderBy('member')
    .orderBy('version')
    .stream(ROWS_TOGETHER);
  type Row = ListEntry & Pick<ListChange, 'change'>;
  let last: Row | undefined;
  const entryOf = ({ change: _, ...entry }: Row): ListEntry => entry;
  for await (const row of rows) {
    if (last && last.member !== row.member && last.change !== 'dropped') yield entryOf(last);
    last = row;
  }
  if (last && last.change !== 'dropped') yield entryOf(last);
}

export interface ChangesQuery {
  readonly list: string;
  readonly version: number;
  readonly change?: ListChange['change'] | undefined;
  readonly limit: number;
  /** Behind this member. */
  readonly after?: string | undefined;
}

/** Who was added and who was dropped by a version, and why, as far as somebody reaches. */
export async function readChanges(
  kysely: Kysely<Tables>,
  { list, version, change, limit, after = '' }: ChangesQuery,
  reach: Reach,
): Promise<readonly ListChange[]> {
  let query = kysely
    .selectFrom('benefit_list_changes')
    .select(['member', 'change', 'reason', 'unit'])
    .where('list', '=', list)
    .where('version', '=', version)
    .where('member', '>', after)
    .orderBy('member')
    .limit(limit);
  if (change !== undefined) query = query.where('change', '=', change);
  return whereReachable(query, reach, { member: 'benefit_list_changes.member' }).execute();
}
