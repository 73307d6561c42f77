import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { ListState } from './list-steps.js';

export interface ListView {
  readonly list: string;
  readonly unit: string;
  readonly format: string;
  readonly state: ListState;
  /** Where it lies now. */
  readonly atUnit: string;
  readonly rows: { readonly good: number; readonly wrong: number; readonly known: number; readonly recorded: number };
  readonly uploadedAt: string;
}

export interface ListQuery {
  /** Those of units whose path begins with it. */
  readonly below?: string | undefined;
  readonly state?: ListState | undefined;
  /** Those that lie with this unit. */
  readonly atUnit?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

function query(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('member_lists')
    .innerJoin('units', 'units.unit', 'member_lists.unit')
    .selectAll('member_lists')
    .select([
      'units.path',
      (eb) =>
        eb
          .selectFrom('member_list_rows')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .whereRef('member_list_rows.list', '=', 'member_lists.list')
          .where('member_list_rows.state', '=', 'recorded')
          .as('rows_recorded'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof query>['executeTakeFirstOrThrow']>>;

/** Lists in order of their names. */
export async function listLists(
  kysely: Kysely<Tables>,
  { below, state, atUnit, after, limit }: ListQuery,
): Promise<ListView[]> {
  let asked = query(kysely).orderBy('list').limit(limit);
  if (below !== undefined)
    asked = asked.where(sql<boolean>`substr(units.path, 1, ${sql.lit(below.length)}) = ${below}`);
  if (state !== undefined) asked = asked.where('state', '=', state);
  if (atUnit !== undefined) asked = asked.where('at_unit', '=', atUnit);
  if (after !== undefined) asked = asked.where('list', '>', after);
  return (await asked.execute()).map(toView);
}

export async function readList(kysely: Kysely<Tables>, list: string): Promise<ListView | undefined> {
  const row = await query(kysely).where('list', '=', list).executeTakeFirst();
  return row && toView(row);
}

/** The path of the unit whose list it is. */
export async function pathOfList(kysely: Kysely<Tables>, list: string): Promise<string | undefined> {
  return (await query(kysely).where('list', '=', list).executeTakeFirst())?.path;
}

const toView = (row: Row): ListView => ({
  list: row.list,
  unit: row.unit,
  format: row.format,
  state: row.state as ListState,
  atUnit: row.at_unit,
  rows: { good: row.rows_good, wrong: row.rows_wrong, known: row.rows_known, recorded: Number(row.rows_recorded) },
  uploadedAt: new Date(row.recorded_at_ms).toISOString(),
});

export interface ListEvent {
  readonly step: string;
  readonly state: string;
  readonly atUnit: string;
  readonly row?: number;
  readonly by: string;
  readonly reason?: string;
  readonly at: string;
}

const EVENTS_MAX = 1000;

/** How a list came to where it lies: the last thousand steps. */
export async function readListEvents(kysely: Kysely<Tables>, list: string): Promise<ListEvent[]> {
  const rows = await kysely
    .selectFrom('member_list_events')
    .selectAll()
    .where('list', '=', list)
    .orderBy('sequence', 'desc')
    .limit(EVENTS_MAX)
    .execute();
  return rows.reverse().map(({ step, state, at_unit, row, by, reason, recorded_at_ms }) => ({
    step,
    state,
    atUnit: at_unit,
    ...(row !== null && { row }),
    by,
    ...(reason !== null && { reason }),
    at: new Date(recorded_at_ms).toISOString(),
  }));
}
