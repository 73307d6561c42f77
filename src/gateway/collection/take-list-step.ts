import type { Kysely, Transaction } from 'kysely';
import { mayReachUnit, type Reach } from '../people/index.js';
import type { Tables } from '../storage/index.js';
import { readUnit } from '../units/index.js';
import { appendListEvent } from './append-list-event.js';
import type { CollectionOptions } from './collection-options.js';
import {
  allowedFrom,
  type ListState,
  type ListStepName,
  type ListStepRefused,
  listSteps,
  refuseListStep,
} from './list-steps.js';
import { type ListView, readList } from './read-lists.js';
import { recordAcceptedRows } from './record-accepted-rows.js';

export interface ListStepRequest {
  readonly list: string;
  readonly step: ListStepName;
  readonly reason?: string | undefined;
  readonly by: string;
  /** How far who takes the step reaches: who decides must reach the unit with which the list lies. */
  readonly reach: Reach;
}

export interface ListStepDone {
  readonly result: 'done';
  readonly list: ListView;
}

/**
 * Takes a list one step further: passes it up, accepts it, which passes it to the unit above or, at the top, makes its
 * rows members, or gives it back. `undefined`: there is no such list.
 */
export async function takeListStep(
  options: CollectionOptions,
  request: ListStepRequest,
): Promise<ListStepDone | ListStepRefused | undefined> {
  const { database } = options;
  const taken = await database.inTransaction((transaction) => step(transaction, options, request));
  if (taken !== 'done') return taken;
  await recordAcceptedRows(options, { list: request.list, rowsMax: options.rowsAtOnce ?? ROWS_AT_ONCE });
  return { result: 'done', list: (await readList(database.kysely, request.list))! };
}

const ROWS_AT_ONCE = 1000;

async function step(
  transaction: Transaction<Tables>,
  { clock }: CollectionOptions,
  { list, step: name, reason, by, reach }: ListStepRequest,
): Promise<'done' | ListStepRefused | undefined> {
  const held = await holdList(transaction, list);
  if (!held) return undefined;
  const { from, decides, needsReason } = listSteps[name];
  if (!from.includes(held.state)) return notAllowed(name, held.state);
  const lies = await readUnit(transaction, held.atUnit);
  if (decides && !mayReachUnit(reach, lies!.path)) return refuseListStep('list-lies-elsewhere');
  if (needsReason && reason === undefined) return refuseListStep('list-reason-missing');
  if (name !== 'discard' && name !== 'return' && held.rows.good === 0) return refuseListStep('list-without-rows');
  const next = nextOf(name, held, lies!.parent);
  await appendListEvent(transaction, list, { step: name, ...next, by, reason, nowMs: clock().getTime() });
  if (name === 'discard') await forgetRows(transaction, list);
  return 'done';
}

export const notAllowed = (step: string, state: string): ListStepRefused =>
  refuseListStep(
    'list-step-not-allowed',
    `${step} is not allowed from ${state}; allowed: ${allowedFrom(state).join(', ') || 'nothing'}`,
  );

/** Holds a list until the transaction ends: of two steps at once the second sees what the first has made of it. */
export async function holdList(transaction: Transaction<Tables>, list: string): Promise<ListView | undefined> {
  const held = await transaction
    .updateTable('member_lists')
    .set(({ ref }) => ({ events: ref('events') }))
    .where('list', '=', list)
    .returning('list')
    .executeTakeFirst();
  return held && readList(transaction, list);
}

function nextOf(
  name: ListStepName,
  { unit, atUnit }: ListView,
  above: string | undefined,
): { readonly state: ListState; readonly atUnit: string } {
  if (name === 'submit') return { state: 'submitted', atUnit: above ?? unit };
  if (name === 'accept')
    return above === undefined ? { state: 'accepted', atUnit } : { state: 'submitted', atUnit: above };
  return { state: name === 'return' ? 'returned' : 'discarded', atUnit: unit };
}

/** What was known of people goes; that there were such rows stays. */
async function forgetRows(transaction: Kysely<Tables>, list: string): Promise<void> {
  await transaction
    .updateTable('member_list_rows')
    .set({ state: 'dropped', content: null })
    .where('list', '=', list)
    .where('state', 'in', ['good', 'wrong'])
    .execute();
  await transaction.deleteFrom('member_list_persons').where('list', '=', list).execute();
  await transaction.updateTable('member_lists').set({ rows_good: 0, rows_wrong: 0 }).where('list', '=', list).execute();
}
