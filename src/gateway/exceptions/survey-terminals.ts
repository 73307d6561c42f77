import type { Transaction } from 'kysely';
import { groupBy } from '../group-by.js';
import {
  type GatewayDatabase,
  prepareQuery,
  type Tables,
  type TapsTable,
  type TerminalsTable,
} from '../storage/index.js';
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

/** So many terminals, or taps of one, are looked at in one transaction. */
const TERMINALS_TOGETHER = 50;

const COLUMNS = [
  'taps.id',
  'taps.operator',
  'taps.terminal',
  'taps.sequence',
  'taps.at_ms',
  'taps.received_at_ms',
  'taps.uploaded_at_ms',
  'taps.refusal',
] as const;

type SurveyedTap = Pick<
  TapsTable,
  'id' | 'operator' | 'terminal' | 'sequence' | 'at_ms' | 'received_at_ms' | 'uploaded_at_ms' | 'refusal'
>;

interface TerminalName {
  readonly operator: string;
  readonly terminal: string;
}

/**
 * Looks at the taps that have been kept since the last survey, some at a time and off the taps' way: writes down what
 * is known of their terminals, finds and closes gaps, and judges clocks. Each terminal is followed in the index of
 * identities, from where it stood on; doing it again changes nothing. Gives how many taps it looked at.
 */
export async function surveyTerminals(survey: Survey, signal?: AbortSignal): Promise<number> {
  let seen = 0;
  for (let some = await surveyLate(survey); some > 0 && !signal?.aborted; some = await surveyLate(survey)) seen += some;
  let after: TerminalName | undefined = { operator: '', terminal: '' };
  while (after && !signal?.aborted) {
    const step: Step = await surveyNext(survey, after);
    seen += step.seen;
    after = step.after;
    await new Promise(setImmediate);
  }
  return seen;
}

/** Taps that have come where a gap was: from the gaps, which are few, to the identities in them, never the other way. */
function surveyLate({ database, clock, policy }: Survey): Promise<number> {
  return database.inTransaction(async (transaction) => {
    const late = await transaction
      .selectFrom('terminal_gaps')
      .crossJoin('tap_identities')
      .crossJoin('taps')
      .select(COLUMNS)
      .whereRef('tap_identities.operator', '=', 'terminal_gaps.operator')
      .whereRef('tap_identities.terminal', '=', 'terminal_gaps.terminal')
      .whereRef('tap_identities.sequence', '>=', 'terminal_gaps.from_sequence')
      .whereRef('tap_identities.sequence', '<=', 'terminal_gaps.to_sequence')
      .whereRef('taps.id', '=', 'tap_identities.id')
      .limit(policy.survey.tapsTogether)
      .execute();
    await followTerminals(transaction, policy, late, clock());
    return late.length;
  });
}

interface Step {
  readonly seen: number;
  /** The terminal after which to go on; absent behind the last one. */
  readonly after: TerminalName | undefined;
}

/** The next terminals in the order of their names, and the taps of each beyond its first and last one. */
function surveyNext({ database, clock, policy }: Survey, from: TerminalName): Promise<Step> {
  return database.inTransaction(async (transaction) => {
    const now = clock();
    const settledMs = now.getTime() - policy.survey.settleS * 1000;
    const taps: SurveyedTap[] = [];
    let after: TerminalName = from;
    for (let terminals = 0; terminals < TERMINALS_TOGETHER; terminals++) {
      const next = await nextTerminal(transaction, after);
      if (!next) {
        await followTerminals(transaction, policy, taps, now);
        return { seen: taps.length, after: undefined };
      }
      const fresh = await readFresh(transaction, next, policy.survey.tapsTogether);
      const isLate = fresh.findIndex(({ received_at_ms }) => received_at_ms > settledMs);
      taps.push(...(isLate === -1 ? fresh : fresh.slice(0, isLate)));
      // One with more taps than are looked at together is looked at again.
      if (isLate !== -1 || fresh.length < policy.survey.tapsTogether) after = next;
      else break;
    }
    await followTerminals(transaction, policy, taps, now);
    return { seen: taps.length, after };
  });
}

const nextOfOperator = prepareQuery((kysely, { operator, terminal }: TerminalName) =>
  kysely
    .selectFrom('tap_identities')
    .select(['operator', 'terminal'])
    .where('operator', '=', operator)
    .where('terminal', '>', terminal)
    .orderBy('terminal')
    .limit(1),
);

const firstOfNextOperator = prepareQuery((kysely, { operator }: Pick<TerminalName, 'operator'>) =>
  kysely
    .selectFrom('tap_identities')
    .select(['operator', 'terminal'])
    .where('operator', '>', operator)
    .orderBy('operator')
    .orderBy('terminal')
    .limit(1),
);

/**
 * One reach into the index of identities, two behind an operator's last terminal, however many taps a terminal has: asked
 * for the pair (operator, terminal) in one comparison, SQLite would go through all taps of the terminal before.
 */
async function nextTerminal(transaction: Transaction<Tables>, after: TerminalName): Promise<TerminalName | undefined> {
  const [next] = await nextOfOperator(transaction, after);
  return next ?? (await firstOfNextOperator(transaction, after))[0];
}

const edgesOf = prepareQuery((kysely, { operator, terminal }: TerminalName) =>
  kysely
    .selectFrom('terminals')
    .select(['first_sequence', 'last_sequence'])
    .where('operator', '=', operator)
    .where('terminal', '=', terminal),
);

interface FreshQuery extends TerminalName {
  readonly sequence: number;
  readonly limit: number;
}

const tapsFrom = (comparison: '<' | '>') =>
  prepareQuery((kysely, { operator, terminal, sequence, limit }: FreshQuery) =>
    kysely
      .selectFrom('tap_identities')
      .innerJoin('taps', 'taps.id', 'tap_identities.id')
      .select(COLUMNS)
      .where('tap_identities.operator', '=', operator)
      .where('tap_identities.terminal', '=', terminal)
      .where('tap_identities.sequence', comparison, sequence)
      .orderBy('tap_identities.sequence')
      .limit(limit),
  );
const tapsBefore = tapsFrom('<');
const tapsBeyond = tapsFrom('>');

/** Sequence numbers begin at 1. */
const BEFORE_ALL = 0;

async function readFresh(transaction: Transaction<Tables>, name: TerminalName, limit: number): Promise<SurveyedTap[]> {
  const [known] = await edgesOf(transaction, name);
  if (!known) return tapsBeyond(transaction, { ...name, sequence: BEFORE_ALL, limit });
  const before = await tapsBefore(transaction, { ...name, sequence: known.first_sequence, limit });
  const beyond = await tapsBeyond(transaction, { ...name, sequence: known.last_sequence, limit });
  return [...before, ...beyond].slice(0, limit);
}

async function followTerminals(
  transaction: Transaction<Tables>,
  policy: ExceptionPolicy,
  taps: readonly SurveyedTap[],
  now: Date,
): Promise<void> {
  if (taps.length === 0) return;
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
  for (const tap of taps) if (tap.refusal !== null) await publishRefused(transaction, tap, now);
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
