import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import {
  type ExceptionKind,
  type ExceptionQuery,
  type ExceptionView,
  exceptionKinds,
  ownExceptionCodes,
} from './exception-view.js';
import { type ExceptionRow, selectExceptions } from './select-exceptions.js';

interface ResolvedRow extends ExceptionRow {
  readonly note: string | null;
  readonly resolved_by: string | null;
  readonly resolved_at_ms: number | null;
}

/** Where a page ended: the instant by which it is ordered, and the id. */
export interface ExceptionCursor {
  readonly atMs: number;
  readonly id: string;
}

export interface ExceptionRead {
  readonly query: Omit<ExceptionQuery, 'after' | 'limit'>;
  readonly limit: number;
  readonly after?: ExceptionCursor | undefined;
  /** The service day that is not over. */
  readonly today: string;
  /** What the code of a tap's refusal means. */
  readonly meaningOf: (code: string) => string | undefined;
}

/** In order of when the gateway came to know of them. */
export async function readExceptions(kysely: Kysely<Tables>, read: ExceptionRead): Promise<ExceptionView[]> {
  const { query, limit, after, today } = read;
  const { rows } = await sql<ResolvedRow>`
    select aside.*, found.note, found.resolved_by, found.resolved_at_ms
    from (${selectExceptions(query.kind ? [query.kind] : exceptionKinds, today)}) as aside
    left join exception_resolutions as found on found.id = aside.id
    where ${sql.join(conditionsOf(query, after), sql` and `)}
    order by aside.since_ms, aside.id limit ${limit}`.execute(kysely);
  return rows.map((row) => toView(row, read.meaningOf));
}

function conditionsOf(query: ExceptionRead['query'], after: ExceptionCursor | undefined): RawBuilder<unknown>[] {
  const { operator, terminal, from, to, state } = query;
  return [
    sql`1 = 1`,
    ...(operator === undefined ? [] : [sql`aside.operator = ${operator}`]),
    ...(terminal === undefined ? [] : [sql`aside.terminal = ${terminal}`]),
    ...(from === undefined ? [] : [sql`aside.since_ms >= ${Date.parse(from)}`]),
    ...(to === undefined ? [] : [sql`aside.since_ms < ${Date.parse(to)}`]),
    ...(state === 'open' ? [sql`found.id is null`] : []),
    ...(state === 'resolved' ? [sql`found.id is not null`] : []),
    ...(after === undefined
      ? []
      : [sql`(aside.since_ms > ${after.atMs} or (aside.since_ms = ${after.atMs} and aside.id > ${after.id}))`]),
  ];
}

function toView(row: ResolvedRow, meaningOf: ExceptionRead['meaningOf']): ExceptionView {
  return {
    id: row.id,
    kind: row.kind,
    code: row.code,
    detail: ownExceptionCodes[row.code]?.meaning ?? meaningOf(row.code) ?? row.code,
    state: row.resolved_at_ms === null ? 'open' : 'resolved',
    operator: row.operator,
    ...(row.terminal !== null && { terminal: row.terminal }),
    ...(row.sequence !== null && { sequence: row.sequence }),
    ...(row.to_sequence !== null && { toSequence: row.to_sequence }),
    ...(row.tap_id !== null && { tapId: row.tap_id }),
    ...(row.journey_id !== null && { journeyId: row.journey_id }),
    ...(row.card_mask !== null && { cardMask: row.card_mask }),
    ...(row.at !== null && { at: row.at }),
    receivedAt: new Date(row.since_ms).toISOString(),
    ...(row.score !== null && { score: row.score }),
    ...(row.parts !== null && { parts: JSON.parse(row.parts) }),
    ...(row.offset_ms !== null && { clockOffsetMs: row.offset_ms }),
    ...(row.resolved_at_ms !== null && {
      resolution: { note: row.note!, by: row.resolved_by!, at: new Date(row.resolved_at_ms).toISOString() },
    }),
  };
}

/** How many are open, by kind; kinds without any are there with 0. */
export async function countOpenExceptions(
  kysely: Kysely<Tables>,
  today: string,
): Promise<Readonly<Record<ExceptionKind, number>>> {
  const { rows } = await sql<{ kind: ExceptionKind; open: number }>`
    select aside.kind, count(*) as open from (${selectExceptions(exceptionKinds, today)}) as aside
    left join exception_resolutions as found on found.id = aside.id
    where found.id is null group by aside.kind`.execute(kysely);
  const counts = new Map(rows.map(({ kind, open }) => [kind, Number(open)]));
  return Object.fromEntries(exceptionKinds.map((kind) => [kind, counts.get(kind) ?? 0])) as Record<
    ExceptionKind,
    number
  >;
}

/** One exception by its id; `undefined` where nothing is out of order under it. */
export async function readException(
  kysely: Kysely<Tables>,
  id: string,
  read: Pick<ExceptionRead, 'today' | 'meaningOf'>,
): Promise<ExceptionView | undefined> {
  const { rows } = await sql<ResolvedRow>`
    select aside.*, found.note, found.resolved_by, found.resolved_at_ms
    from (${selectExceptions(exceptionKinds, read.today)}) as aside
    left join exception_resolutions as found on found.id = aside.id
    where aside.id = ${id}`.execute(kysely);
  const [row] = rows;
  return row && toView(row, read.meaningOf);
}

/** Writes down what was found out; said again it replaces what was said before. */
export async function resolveException(
  kysely: Kysely<Tables>,
  id: string,
  resolution: { readonly note: string; readonly by: string; readonly at: Date },
): Promise<void> {
  const row = { note: resolution.note, resolved_by: resolution.by, resolved_at_ms: resolution.at.getTime() };
  await kysely
    .insertInto('exception_resolutions')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
