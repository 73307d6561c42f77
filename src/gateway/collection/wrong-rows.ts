import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import { writeCsv, writeXlsx } from '../sheets/index.js';
import type { CollectionOptions } from './collection-options.js';
import { isReason, REASON_HEADING } from './columns.js';
import { listContent } from './list-content.js';
import { reasonText } from './read-rows.js';

/** The rows of a list that were wrong, to be corrected and handed in again. */
export type WrongRowsFile =
  | { readonly format: 'csv'; readonly text: string }
  | { readonly format: 'xlsx'; readonly bytes: Uint8Array };

const WIDTH = 22;
const REASON_WIDTH = 80;

/** As they came, in their columns, with the reason in a last one; `undefined` where there is no such list. */
export async function wrongRows(
  { database, personalDataKey, formerDataKeys, random }: CollectionOptions,
  list: string,
): Promise<WrongRowsFile | undefined> {
  const { kysely } = database;
  const sealed = listContent(createPersonalDataCipher(personalDataKey, random, formerDataKeys));
  const found = await kysely
    .selectFrom('member_lists')
    .select(['headings', 'format'])
    .where('list', '=', list)
    .executeTakeFirst();
  if (!found) return undefined;
  const rows = await kysely
    .selectFrom('member_list_rows')
    .select(['row', 'content', 'issues'])
    .where('list', '=', list)
    .where('state', '=', 'wrong')
    .where('content', 'is not', null)
    .orderBy('row')
    .execute();
  const headings = sealed.openHeadings(list, found.headings);
  const kept = headings.flatMap((text, place) => (isReason(text) ? [] : [place]));
  const table = [
    [...kept.map((place) => headings[place]!), REASON_HEADING],
    ...rows.map(({ row, content, issues }) => {
      const cells = sealed.openCells(list, row, content!);
      return [...kept.map((place) => cells[place] ?? ''), reasonText(issues ?? '[]')];
    }),
  ];
  if (found.format !== 'xlsx') return { format: 'csv', text: writeCsv(table) };
  const widths = [...kept.map(() => WIDTH), REASON_WIDTH];
  return { format: 'xlsx', bytes: await writeXlsx([{ name: '退回名册', widths, rows: table }]) };
}
