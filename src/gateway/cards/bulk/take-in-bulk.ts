import type { CardOptions } from '../card-options.js';
import { type CardRefusalCode, type CardStepRefused, refuseStep } from '../card-step-refused.js';
import { isRefused } from '../in-steps.js';
import type { CardOrder } from '../order-view.js';

/** A row of a list: what it says, or which of its columns are wrong. */
export type BulkRow<Said> =
  | { readonly line: number; readonly member?: string | undefined; readonly said: Said }
  | { readonly line: number; readonly member?: string | undefined; readonly wrong: readonly string[] };

/** What became of a row. */
export type BulkOutcome = { readonly line: number; readonly member?: string } & (
  | { readonly result: 'created' | 'exists'; readonly order: CardOrder }
  | {
      readonly result: 'refused';
      readonly code: CardRefusalCode;
      readonly text: string;
      /** Columns that are wrong. */
      readonly fields?: readonly string[];
    }
);

/** What came of the step of a row. */
export type BulkDone = { readonly result: 'created' | 'exists'; readonly order: CardOrder } | CardStepRefused;

/**
 * Takes a step of each row's order, one after the other and each for itself: a bad row stops none of the others, and where
 * it is cut off the same list again goes on. What follows for prices is looked at once, behind the last.
 */
export async function takeInBulk<Said>(
  options: CardOptions,
  rows: readonly BulkRow<Said>[],
  take: (options: CardOptions, said: Said) => Promise<BulkDone>,
): Promise<readonly BulkOutcome[]> {
  const { afterRecording, ...quiet } = options;
  const outcomes: BulkOutcome[] = [];
  for (const row of rows) outcomes.push(toOutcome(row, await takeOne(quiet, row, take)));
  await afterRecording?.();
  return outcomes;
}

const takeOne = async <Said>(
  options: CardOptions,
  row: BulkRow<Said>,
  take: (options: CardOptions, said: Said) => Promise<BulkDone>,
): Promise<BulkDone> =>
  'said' in row ? take(options, row.said) : refuseStep('row-invalid', `not as it should be: ${row.wrong.join(', ')}`);

function toOutcome(row: BulkRow<unknown>, done: BulkDone): BulkOutcome {
  const { line, member } = row;
  const place = { line, ...(member !== undefined && { member }) };
  if (!isRefused(done)) return { ...place, member: done.order.member, result: done.result, order: done.order };
  const { code, detail: text } = done;
  return { ...place, result: 'refused', code, text, ...('wrong' in row && { fields: row.wrong }) };
}
