import type { Transaction } from 'kysely';
import { groupBy } from '../group-by.js';
import type { GatewayDatabase, Tables, TapsTable, TerminalsTable } from '../storage/index.js';
import { publish } from '../webhooks/index.js';
import { terminalIdOf } from './exception-ids.js';
import type { ExceptionPolicy } from './exception-policy.js';
import { type Clock, followClock } from './follow-clock.js';
import { followGaps } from './follow-gaps.js';

export interface Survey {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  readonly policy: ExceptionPolicy;
}

const NAME = 'taps';

const COLUMNS = [
  'id',
  'operator',
  'terminal',
  'sequence',
  'at_ms',
  'received_at_ms',
  'uploaded_at_ms',
  'refusal',
] as const;

export type SurveyedTap = Pick<TapsTable, (typeof COLUMNS)[number]>;

/**
 * Looks at the taps that have been kept since the last survey, some at a time and off the taps' way: writes down what
 * is known of their terminals, finds and closes gaps, and judges clocks. Doing it twice, or by two processes at once,
 * changes nothing. Gives how many taps it looked at.
 */
export async function surveyTerminals(survey: Survey, signal?: AbortSignal): Promise<number> {
  let seen = 0;
  for (;;) {
    const taps = await surveySome(survey);
    seen += taps;
    if (taps < survey.policy.survey.tapsTogether || signal?.aborted) return seen;
    await new Promise(setImmediate);
  }
}

function surveySome({ database, clock, policy }: Survey): Promise<number> {
  return database.inTransaction(async (transaction) => {
    const now = clock();
    const cursor = await holdCursor(transaction);
    const taps = await transaction
      .selectFrom('taps')
      .select(COLUMNS)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('received_at_ms', 'id'), '>', tuple(cursor.received_at_ms, cursor.tap_id)),
      )
      .where('received_at_ms', '<=', now.getTime() - policy.survey.settleS * 1000)
      .orderBy('received_at_ms')
      .orderBy('id')
      .limit(policy.survey.tapsTogether)
      .execute();
    const last = taps.at(-1);
    if (!last) return 0;
    await followTerminals(transaction, policy, taps, now);
    for (const tap of taps) if (tap.refusal !== null) await publishRefused(transaction, tap, now);
    await transaction
      .updateTable('terminal_surveys')
      .set({ received_at_ms: last.received_at_ms, tap_id: last.id })
      .where('name', '=', NAME)
      .execute();
    return taps.length;
  });
}

/** Whoever changes the row holds it until the transaction ends. */
async function holdCursor(transaction: Transaction<Tables>) {
  await transaction
    .insertInto('terminal_surveys')
    .values({ name: NAME, received_at_ms: 0, tap_id: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return transaction
    .updateTable('terminal_surveys')
    .set({ name: NAME })
    .where('name', '=', NAME)
    .returning(['received_at_ms', 'tap_id'])
    .executeTakeFirstOrThrow();
}

async function followTerminals(
  transaction: Transaction<Tables>,
  policy: ExceptionPolicy,
  taps: readonly SurveyedTap[],
  now: Date,
): Promise<void> {
  const byTerminal = groupBy(taps, ({ operator, terminal }) => terminalIdOf(operator, terminal));
  const rows = await transaction
    .selectFrom('terminals')
    .selectAll()
    .where('id', 'in', [...byTerminal.keys()])
    .execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const [id, ofTerminal] of [...byTerminal].sort(([one], [other]) => (one < other ? -1 : 1))) {
    await followTerminal(transaction, policy, id, known.get(id), ofTerminal, now);
  }
}

async function followTerminal(
  transaction: Transaction<Tables>,
  policy: ExceptionPolicy,
  id: string,
  known: TerminalsTable | undefined,
  taps: readonly SurveyedTap[],
  now: Date,
): Promise<void> {
  const { operator, terminal } = taps[0]!;
  const clock = followClock(
    policy.clock,
    known && toClock(known),
    taps.map((tap) => ({ atMs: tap.at_ms, uploadedAtMs: tap.uploaded_at_ms ?? tap.received_at_ms })),
  );
  const sequences = taps.map(({ sequence }) => sequence);
  const { first, last } = await followGaps(transaction, { operator, terminal }, known, sequences, now);
  const received = taps.map(({ received_at_ms }) => received_at_ms);
  const row: TerminalsTable = {
    id,
    operator,
    terminal,
    first_seen_ms: Math.min(known?.first_seen_ms ?? Number.POSITIVE_INFINITY, ...received),
    last_seen_ms: Math.max(known?.last_seen_ms ?? 0, ...received),
    last_at_ms: Math.max(known?.last_at_ms ?? 0, ...taps.map(({ at_ms }) => at_ms)),
    first_sequence: first,
    last_sequence: last,
    taps: (known?.taps ?? 0) + taps.length,
    clock_offset_ms: clock.offsetMs,
    clock_state: clock.state,
    clock_since_ms: clock.sinceMs,
    window_since_ms: clock.windowSinceMs,
    window_taps: clock.windowTaps,
    delay_min_ms: clock.delayMinMs,
    delay_max_ms: clock.delayMaxMs,
  };
  await transaction
    .insertInto('terminals')
    .values(row)
    .onConflict((conflict) => conflict.columns(['operator', 'terminal']).doUpdateSet(row))
    .execute();
  if (clock.state !== 'right' && clock.state !== known?.clock_state) {
    const data = { kind: 'clock', code: `clock-${clock.state}`, operator, terminal };
    await publish(transaction, { type: 'exception.opened', subject: id, data, at: now });
  }
}

const toClock = (row: TerminalsTable): Clock => ({
  state: row.clock_state,
  sinceMs: row.clock_since_ms,
  offsetMs: row.clock_offset_ms,
  windowSinceMs: row.window_since_ms,
  windowTaps: row.window_taps,
  delayMinMs: row.delay_min_ms,
  delayMaxMs: row.delay_max_ms,
});

async function publishRefused(transaction: Transaction<Tables>, tap: SurveyedTap, at: Date): Promise<void> {
  const { id, operator, terminal, refusal } = tap;
  const data = { kind: 'refused', code: refusal!, operator, terminal, tapId: id };
  await publish(transaction, { type: 'exception.opened', subject: id, data, at });
}
