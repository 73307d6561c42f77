import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import type { MemberListRowsTable } from '../storage/member-list-tables.js';
import type { Person } from './check/person.js';
import { type RowIssue, type RowIssueCode, rowIssueWords } from './check/row-issue.js';
import type { CollectionOptions } from './collection-options.js';
import { columnWords } from './columns.js';
import { listContent } from './list-content.js';
import { maskPerson } from './mask-person.js';

/** What is wrong with a row, in words. */
export interface ToldIssue {
  readonly column: string;
  readonly code: RowIssueCode;
  readonly words: string;
  readonly wordsZh: string;
}

export interface RowView {
  readonly row: number;
  readonly state: MemberListRowsTable['state'];
  /** Of a good row, masked. */
  readonly person?: Person;
  /** Of a row that was recorded. */
  readonly member?: string;
  readonly issues?: readonly ToldIssue[];
}

export interface RowQuery {
  readonly list: string;
  readonly state?: MemberListRowsTable['state'] | undefined;
  /** Behind this row. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/** Rows of a list in the order of its file: good ones masked, of wrong ones what is wrong. */
export async function readRows(
  { database, personalDataKey, formerDataKeys, random }: CollectionOptions,
  { list, state, after = 0, limit }: RowQuery,
): Promise<RowView[]> {
  const sealed = listContent(createPersonalDataCipher(personalDataKey, random, formerDataKeys));
  let query = database.kysely
    .selectFrom('member_list_rows')
    .selectAll()
    .where('list', '=', list)
    .where('row', '>', after)
    .orderBy('row')
    .limit(limit);
  if (state !== undefined) query = query.where('state', '=', state);
  return (await query.execute()).map((row) => ({
    row: row.row,
    state: row.state,
    ...(row.state === 'good' && row.content && { person: maskPerson(sealed.openPerson(list, row.row, row.content)) }),
    ...(row.member !== null && { member: row.member }),
    ...(row.issues !== null && { issues: tellIssues(row.issues) }),
  }));
}

const tellIssues = (json: string): ToldIssue[] =>
  (JSON.parse(json) as RowIssue[]).map(({ column, code }) => ({ column, code, ...rowIssueWords[code] }));

/** All that is wrong with a row, as its last column says it. */
export const reasonText = (json: string): string =>
  tellIssues(json)
    .map(({ column, words, wordsZh }) => {
      const { name, nameZh } = columnWords[column as keyof typeof columnWords];
      return `${nameZh}：${wordsZh} (${name}: ${words})`;
    })
    .join('； ');
