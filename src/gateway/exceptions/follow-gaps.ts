import type { Kysely, Transaction } from 'kysely';
import type { Tables, TerminalGapsTable, TerminalsTable } from '../storage/index.js';
import { publish } from '../webhooks/index.js';
import { gapIdOf } from './exception-ids.js';
import { followSequence, type Gap, type Sequence } from './follow-sequence.js';

interface TerminalName {
  readonly operator: string;
  readonly terminal: string;
}

/** So many numbers of a gap are looked up at once; what is there beyond closes it when it is surveyed. */
const LOOKED_UP_MAX = 1000;

/**
 * Finds the gaps that numbers leave open and closes those that they fill. Before a gap is told it is looked up whether
 * its taps have been kept meanwhile.
 */
export async function followGaps(
  transaction: Transaction<Tables>,
  name: TerminalName,
  known: Pick<TerminalsTable, 'first_sequence' | 'last_sequence'> | undefined,
  arrived: readonly number[],
  now: Date,
): Promise<Pick<Sequence, 'first' | 'last'>> {
  const kept = known ? await readGaps(transaction, name, arrived, known.last_sequence) : [];
  const before: Sequence | undefined = known && {
    first: known.first_sequence,
    last: known.last_sequence,
    gaps: kept.map(toGap),
  };
  let after = followSequence(before, arrived)!;
  for (const gap of after.gaps.filter(isNotIn(kept.map(toGap)))) {
    after = followSequence(after, await readKept(transaction, name, gap))!;
  }
  await writeGaps(transaction, name, kept, after.gaps, now);
  return after;
}

const toGap = ({ from_sequence, to_sequence }: TerminalGapsTable): Gap => ({ from: from_sequence, to: to_sequence });

const isNotIn = (gaps: readonly Gap[]) => {
  const keys = new Set(gaps.map(({ from, to }) => `${from} ${to}`));
  return ({ from, to }: Gap): boolean => !keys.has(`${from} ${to}`);
};

/** The open gaps that the numbers may fill. Numbers behind the last one, as nearly all are, fill none. */
async function readGaps(
  transaction: Transaction<Tables>,
  { operator, terminal }: TerminalName,
  arrived: readonly number[],
  last: number,
): Promise<TerminalGapsTable[]> {
  const late = arrived.filter((number) => number < last);
  if (late.length === 0) return [];
  return transaction
    .selectFrom('terminal_gaps')
    .selectAll()
    .where('operator', '=', operator)
    .where('terminal', '=', terminal)
    .where('from_sequence', '<=', Math.max(...late))
    .where('to_sequence', '>=', Math.min(...late))
    .execute();
}

async function readKept(
  kysely: Kysely<Tables>,
  { operator, terminal }: TerminalName,
  { from, to }: Gap,
): Promise<number[]> {
  const rows = await kysely
    .selectFrom('tap_identities')
    .select('sequence')
    .where('operator', '=', operator)
    .where('terminal', '=', terminal)
    .where('sequence', '>=', from)
    .where('sequence', '<=', to)
    .orderBy('sequence')
    .limit(LOOKED_UP_MAX)
    .execute();
  return rows.map(({ sequence }) => sequence);
}

async function writeGaps(
  transaction: Transaction<Tables>,
  { operator, terminal }: TerminalName,
  before: readonly TerminalGapsTable[],
  after: readonly Gap[],
  now: Date,
): Promise<void> {
  const added = after.filter(isNotIn(before.map(toGap)));
  const isGone = isNotIn(after);
  for (const gone of before.filter((row) => isGone(toGap(row)))) {
    await transaction.deleteFrom('terminal_gaps').where('id', '=', gone.id).execute();
  }
  for (const { from, to } of added) {
    const origin = before.find((row) => row.from_sequence <= from && to <= row.to_sequence);
    const id = gapIdOf(operator, terminal, from);
    const found_at_ms = origin?.found_at_ms ?? now.getTime();
    await transaction
      .insertInto('terminal_gaps')
      .values({ id, operator, terminal, from_sequence: from, to_sequence: to, found_at_ms })
      .onConflict((conflict) =>
        conflict.columns(['operator', 'terminal', 'from_sequence']).doUpdateSet({ to_sequence: to }),
      )
      .execute();
    if (origin) await inheritResolution(transaction, origin.id, id);
    else await publishGap(transaction, id, { operator, terminal }, now);
  }
}

/** What was found out about a gap holds for what is left of it. */
async function inheritResolution(transaction: Transaction<Tables>, from: string, to: string): Promise<void> {
  if (from === to) return;
  const resolution = await transaction
    .selectFrom('exception_resolutions')
    .selectAll()
    .where('id', '=', from)
    .executeTakeFirst();
  if (!resolution) return;
  await transaction
    .insertInto('exception_resolutions')
    .values({ ...resolution, id: to })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function publishGap(transaction: Transaction<Tables>, id: string, name: TerminalName, at: Date): Promise<void> {
  const data = { kind: 'gap', code: 'sequence-gap', ...name };
  await publish(transaction, { type: 'exception.opened', subject: id, data, at });
}
