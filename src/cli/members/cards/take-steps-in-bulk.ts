import { tellProgress } from '../../tell-progress.js';
import { askMembers, type MemberGateway } from '../member-gateway.js';
import type { CardOrder } from './card-order.js';
import type { StepColumn, StepRow } from './read-steps-file.js';
import type { Taken } from './take-steps.js';

/** A step that a gateway takes of many orders in one request. */
export interface StepInBulk {
  /** Behind `/v1/card-steps/`. */
  readonly bulk: string;
  /** What is sent of a row, where it is there. */
  readonly columns: readonly StepColumn[];
}

/** A list of a unit goes in one request; of a longer one each part is told on a terminal. */
const TOGETHER = 200;

interface Answer {
  readonly rows: readonly ({ readonly row: number; readonly order?: CardOrder } & Omit<Taken, 'line'>)[];
}

/** Takes a step of the orders of all rows, each answered for itself with its line. */
export async function takeStepsInBulk(
  gateway: MemberGateway,
  { bulk, columns }: StepInBulk,
  rows: readonly StepRow[],
  common: Readonly<Record<string, string>> = {},
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (let start = 0; start < rows.length; start += TOGETHER) {
    if (rows.length > TOGETHER) tellProgress(`${start} of ${rows.length} rows …`);
    const part = rows.slice(start, start + TOGETHER);
    const body = part.map((row) => ({ ...common, ...picked(row, columns) }));
    const answer = await askMembers<Answer>(gateway, `v1/card-steps/${bulk}`, { body }).finally(() => tellProgress(''));
    taken.push(...answer.rows.map(({ row, ...outcome }) => ({ line: part[row - 1]!.line, ...outcome }) as Taken));
  }
  return taken;
}

const picked = (row: StepRow, columns: readonly StepColumn[]): object =>
  Object.fromEntries(columns.flatMap((column) => (row[column] === undefined ? [] : [[column, row[column]]])));
