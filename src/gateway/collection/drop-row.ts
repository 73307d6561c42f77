import { appendListEvent } from './append-list-event.js';
import type { CollectionOptions } from './collection-options.js';
import { type ListStepRefused, listSteps, refuseListStep } from './list-steps.js';
import { readList } from './read-lists.js';
import { holdList, type ListStepDone, notAllowed } from './take-list-step.js';

export interface DropRequest {
  readonly list: string;
  /** In the file, from 1. */
  readonly row: number;
  readonly by: string;
}

/** Takes one row out of a draft, or out of a list that came back; what was known of its person is gone. */
export function dropRow(
  { database, clock }: CollectionOptions,
  { list, row, by }: DropRequest,
): Promise<ListStepDone | ListStepRefused | undefined> {
  return database.inTransaction(async (transaction) => {
    const held = await holdList(transaction, list);
    if (!held) return undefined;
    if (!listSteps['drop-row'].from.includes(held.state)) return notAllowed('drop-row', held.state);
    const found = await transaction
      .selectFrom('member_list_rows')
      .select('state')
      .where('list', '=', list)
      .where('row', '=', row)
      .where('state', 'in', ['good', 'wrong'])
      .executeTakeFirst();
    if (!found) return refuseListStep('list-row-unknown');
    await transaction
      .updateTable('member_list_rows')
      .set({ state: 'dropped', content: null })
      .where('list', '=', list)
      .where('row', '=', row)
      .execute();
    await transaction.deleteFrom('member_list_persons').where('list', '=', list).where('row', '=', row).execute();
    const counted = found.state === 'good' ? 'rows_good' : 'rows_wrong';
    await transaction
      .updateTable('member_lists')
      .set(({ eb }) => ({ [counted]: eb(counted, '-', 1) }))
      .where('list', '=', list)
      .execute();
    const at = { state: held.state, atUnit: held.atUnit, nowMs: clock().getTime() };
    await appendListEvent(transaction, list, { step: 'drop-row', row, by, ...at });
    return { result: 'done', list: (await readList(transaction, list))! };
  });
}
