import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { ExceptionPage, ExceptionQuery, TapException } from './intake.js';
import { checkLimit, readCursor, toPage } from './page.js';
import { type TapRefusal, tapRefusals } from './tap-refusals.js';

const TAP_COLUMNS = [
  'taps.id as tap_id',
  'taps.operator',
  'taps.terminal',
  'taps.sequence',
  'taps.at',
  'taps.card_mask',
] as const;

/** Refused taps and records in conflict as one list. `id` tells its rows apart. */
function setAside(kysely: Kysely<Tables>) {
  const refused = kysely
    .selectFrom('taps')
    .select(TAP_COLUMNS)
    .select(['taps.id as id', 'taps.refusal as code', 'taps.received_at_ms'])
    .where('taps.refusal', 'is not', null);
  const conflicts = kysely
    .selectFrom('tap_conflicts')
    .innerJoin('tap_identities', 'tap_identities.id', 'tap_conflicts.tap_id')
    .innerJoin('taps', (join) =>
      join.onRef('taps.card_token', '=', 'tap_identities.card_token').onRef('taps.id', '=', 'tap_identities.id'),
    )
    .select(TAP_COLUMNS)
    .select(sql<string>`tap_conflicts.tap_id || '.' || tap_conflicts.content_hash`.as('id'))
    .select(sql<string | null>`'content-conflict'`.as('code'))
    .select('tap_conflicts.received_at_ms');
  return refused.unionAll(conflicts);
}

export async function readExceptions(kysely: Kysely<Tables>, query: ExceptionQuery): Promise<ExceptionPage> {
  const limit = checkLimit(query.limit);
  let select = kysely.selectFrom(setAside(kysely).as('aside')).selectAll().orderBy('received_at_ms').orderBy('id');
  if (query.operator !== undefined) select = select.where('operator', '=', query.operator);
  if (query.from !== undefined) select = select.where('received_at_ms', '>=', Date.parse(query.from));
  if (query.to !== undefined) select = select.where('received_at_ms', '<', Date.parse(query.to));
  if (query.after !== undefined) {
    const { atMs, id } = readCursor(query.after);
    select = select.where(({ eb, and, or }) =>
      or([eb('received_at_ms', '>', atMs), and([eb('received_at_ms', '=', atMs), eb('id', '>', id)])]),
    );
  }
  const found = await select.limit(limit + 1).execute();
  const { rows, next } = toPage(found, limit, ({ received_at_ms, id }) => ({ atMs: received_at_ms, id }));
  const exceptions = rows.map((row): TapException => {
    const code = row.code as TapRefusal;
    return {
      kind: code === 'content-conflict' ? 'conflict' : 'refused',
      tapId: row.tap_id,
      code,
      detail: tapRefusals[code].meaning,
      operator: row.operator,
      terminal: row.terminal,
      sequence: row.sequence,
      at: row.at,
      receivedAt: new Date(row.received_at_ms).toISOString(),
      cardMask: row.card_mask,
    };
  });
  return { exceptions, ...(next !== undefined && { next }) };
}
