import type { Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';

export interface ListStep {
  readonly step: string;
  readonly state: string;
  readonly atUnit: string;
  readonly row?: number | undefined;
  readonly by: string;
  readonly reason?: string | undefined;
  readonly nowMs: number;
}

/** Writes down a step of a list, and brings the list to where it leads. */
export async function appendListEvent(
  transaction: Transaction<Tables>,
  list: string,
  { step, state, atUnit, row, by, reason, nowMs }: ListStep,
): Promise<void> {
  const { events } = await transaction
    .updateTable('member_lists')
    .set(({ eb }) => ({ state, at_unit: atUnit, events: eb('events', '+', 1) }))
    .where('list', '=', list)
    .returning('events')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('member_list_events')
    .values({
      list,
      sequence: events,
      step,
      state,
      at_unit: atUnit,
      row: row ?? null,
      by,
      reason: reason ?? null,
      recorded_at_ms: nowMs,
    })
    .execute();
}
