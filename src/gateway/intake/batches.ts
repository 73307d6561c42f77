import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Kysely } from 'kysely';
import { forgetInLots, type GatewayDatabase, type Tables, type TapBatchesTable } from '../storage/index.js';
import type { TapAnswer } from './intake.js';
import { againAnswer, conflictAnswer, keptAnswers } from './read-answers.js';

/** A line's answer as a batch keeps it: of a tap its kind and its id, of what was no tap the answer itself. */
export type BatchAnswer =
  | { readonly result: TapAnswer['result']; readonly id: string }
  | { readonly status: number; readonly [field: string]: unknown };

/** A line's answer as it is told again. */
export type AnsweredLine = TapAnswer | { readonly status: number; readonly [field: string]: unknown };

/** Whose batch, and the sender's name for it. */
export interface BatchName {
  readonly keyId: string;
  readonly batch: string;
}

/** How far a batch was answered; lines from 0. */
export interface BatchView {
  readonly batch: string;
  readonly begunAt: string;
  /** When its end was reached. */
  readonly completedAt?: string;
  /** Every line before this one has its answer. */
  readonly nextLine: number;
  readonly counts: Readonly<Record<'created' | 'exists' | 'conflict' | 'refused' | 'invalid', number>>;
}

export interface BatchLines {
  /** The line of the first answer. */
  readonly firstLine: number;
  readonly answers: readonly AnsweredLine[];
  /** Where to go on; absent where no answer follows now. */
  readonly next?: number;
}

/** What is remembered of batches that bear a name: it may lag behind the taps, and never leads them. */
export interface Batches {
  /** Takes up a batch, new or known. */
  begin(name: BatchName): Promise<{ readonly nextLine: number }>;
  /**
   * Remembers the answers to the lines from `firstLine` on, as far as none was remembered before; `false`: lines before
   * them are not there. Called once the taps among them are durable.
   */
  remember(name: BatchName, firstLine: number, answers: readonly BatchAnswer[]): Promise<boolean>;
  /** Its last line is the one before `nextLine`. */
  complete(name: BatchName, nextLine: number): Promise<void>;
  read(name: BatchName): Promise<BatchView | undefined>;
  lines(name: BatchName, fromLine: number, limit: number): Promise<BatchLines | undefined>;
  /** Forgets batches that began before; their taps stay. */
  forget(before: Date, signal: AbortSignal): Promise<number>;
}

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** Of some two hundred lines each. */
const GROUPS_TOGETHER = 8;
const FORGOTTEN_TOGETHER = 50;

export function createBatches(database: GatewayDatabase, clock: () => Date): Batches {
  const { kysely } = database;
  return {
    begin: (name) => begin(kysely, name, clock()),
    remember: (name, firstLine, answers) => remember(database, name, firstLine, answers),
    async complete({ keyId, batch }, nextLine) {
      await kysely
        .updateTable('tap_batches')
        .set({ completed_at_ms: clock().getTime() })
        .where('key_id', '=', keyId)
        .where('batch', '=', batch)
        .where('next_line', '=', nextLine)
        .where('completed_at_ms', 'is', null)
        .execute();
    },
    async read(name) {
      const row = await readRow(kysely, name);
      return row && toView(row);
    },
    lines: (name, fromLine, limit) => readLines(kysely, name, fromLine, limit),
    forget: (before, signal) => forget(database, before, signal),
  };
}

async function begin(kysely: Kysely<Tables>, name: BatchName, now: Date): Promise<{ readonly nextLine: number }> {
  const { keyId: key_id, batch } = name;
  const known = await readRow(kysely, name);
  if (known) return { nextLine: known.next_line };
  await kysely
    .insertInto('tap_batches')
    .values({ key_id, batch, begun_at_ms: now.getTime(), next_line: 0, ...NOTHING })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { nextLine: (await readRow(kysely, name))?.next_line ?? 0 };
}

const NOTHING = { created: 0, existing: 0, conflicts: 0, refused: 0, invalid: 0 };

/** Two senders of one batch may come at once: only lines that begin where the others end are written down. */
async function remember(
  database: GatewayDatabase,
  { keyId, batch }: BatchName,
  firstLine: number,
  answers: readonly BatchAnswer[],
): Promise<boolean> {
  const end = firstLine + answers.length;
  const known = await readRow(database.kysely, { keyId, batch });
  if (!known || known.next_line < firstLine) return false;
  const fresh = answers.slice(known.next_line - firstLine);
  if (fresh.length === 0) return true;
  const packed = await pack(JSON.stringify(fresh.map((each) => ('result' in each ? [each.result, each.id] : each))));
  const isWritten = await database.inTransaction(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('tap_batches')
      .set((column) => {
        const counts = countsOf(fresh);
        const plus = (name: keyof typeof counts) => column(name, '+', counts[name]);
        return {
          next_line: end,
          completed_at_ms: null,
          created: plus('created'),
          existing: plus('existing'),
          conflicts: plus('conflicts'),
          refused: plus('refused'),
          invalid: plus('invalid'),
        };
      })
      .where('key_id', '=', keyId)
      .where('batch', '=', batch)
      .where('next_line', '=', known.next_line)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await transaction
      .insertInto('tap_batch_groups')
      .values({ key_id: keyId, batch, end_line: end, first_line: known.next_line, answers: packed })
      .execute();
    return true;
  });
  // Another sender of the batch was faster, and has told of some of these lines.
  return isWritten || remember(database, { keyId, batch }, firstLine, answers);
}

const COUNT_OF = { created: 'created', exists: 'existing', conflict: 'conflicts', refused: 'refused' } as const;

function countsOf(answers: readonly BatchAnswer[]) {
  const counts = { ...NOTHING };
  for (const each of answers) counts['result' in each ? COUNT_OF[each.result as TapAnswer['result']] : 'invalid']++;
  return counts;
}

const readRow = (kysely: Kysely<Tables>, { keyId, batch }: BatchName): Promise<TapBatchesTable | undefined> =>
  kysely
    .selectFrom('tap_batches')
    .selectAll()
    .where('key_id', '=', keyId)
    .where('batch', '=', batch)
    .executeTakeFirst();

function toView(row: TapBatchesTable): BatchView {
  const { created, existing: exists, conflicts: conflict, refused, invalid } = row;
  return {
    batch: row.batch,
    begunAt: new Date(row.begun_at_ms).toISOString(),
    ...(row.completed_at_ms !== null && { completedAt: new Date(row.completed_at_ms).toISOString() }),
    nextLine: row.next_line,
    counts: { created, exists, conflict, refused, invalid },
  };
}

type Packed = readonly [TapAnswer['result'], string] | { readonly status: number };

async function readLines(
  kysely: Kysely<Tables>,
  name: BatchName,
  fromLine: number,
  limit: number,
): Promise<BatchLines | undefined> {
  const row = await readRow(kysely, name);
  if (!row) return undefined;
  const groups = await kysely
    .selectFrom('tap_batch_groups')
    .select(['first_line', 'answers'])
    .where('key_id', '=', name.keyId)
    .where('batch', '=', name.batch)
    .where('end_line', '>', fromLine)
    .orderBy('end_line')
    .limit(GROUPS_TOGETHER)
    .execute();
  const packed: Packed[] = [];
  for (const { answers } of groups) packed.push(...JSON.parse((await unpack(answers)).toString('utf8')));
  const skipped = fromLine - (groups[0]?.first_line ?? fromLine);
  const page = packed.slice(skipped, skipped + limit);
  const kept = await readKept(kysely, page);
  const next = fromLine + page.length;
  return {
    firstLine: fromLine,
    answers: page.map((each) => (isTap(each) ? toAnswer(each, kept) : each)),
    ...(next < row.next_line && { next }),
  };
}

const isTap = (each: Packed): each is readonly [TapAnswer['result'], string] => Array.isArray(each);

async function readKept(kysely: Kysely<Tables>, page: readonly Packed[]): Promise<ReadonlyMap<string, TapAnswer>> {
  const ids = [...new Set(page.flatMap((each) => (isTap(each) ? [each[1]] : [])))];
  if (ids.length === 0) return new Map();
  const rows = await kysely
    .selectFrom('taps')
    .select(['id', 'card_mask', 'service', 'event', 'at', 'result', 'code', 'receipt'])
    .where('id', 'in', ids)
    .execute();
  return new Map((await keptAnswers(kysely, rows)).map((answer) => [answer.id, answer]));
}

function toAnswer([result, id]: readonly [TapAnswer['result'], string], kept: ReadonlyMap<string, TapAnswer>) {
  if (result === 'conflict') return conflictAnswer(id);
  const answer = kept.get(id) ?? { result, id };
  return result === 'exists' ? againAnswer(answer) : answer;
}

const forget = ({ kysely }: GatewayDatabase, before: Date, signal: AbortSignal): Promise<number> =>
  forgetInLots(
    signal,
    (limit) =>
      kysely
        .selectFrom('tap_batches')
        .select(['key_id', 'batch'])
        .where('begun_at_ms', '<', before.getTime())
        .orderBy('begun_at_ms')
        .limit(limit)
        .execute(),
    async (old) => {
      for (const { key_id, batch } of old) {
        // The groups first: where this ends halfway, the next run finds the batch again.
        await kysely.deleteFrom('tap_batch_groups').where('key_id', '=', key_id).where('batch', '=', batch).execute();
        await kysely.deleteFrom('tap_batches').where('key_id', '=', key_id).where('batch', '=', batch).execute();
      }
    },
    FORGOTTEN_TOGETHER,
  );
