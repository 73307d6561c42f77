import { z } from 'zod';
import type { AnswerResult, QueueAnswer } from '../queue/index.js';

/** The final statuses of one record in a batch's answer; all but these and a barred key mean: later again. */
const RESULTS: ReadonlyMap<string | number, AnswerResult> = new Map<string | number, AnswerResult>([
  ['created', 'created'],
  ['exists', 'exists'],
  ['conflict', 'conflict'],
  ['refused', 'refused'],
  [201, 'created'],
  [200, 'exists'],
  [409, 'conflict'],
  [422, 'refused'],
  [400, 'refused'],
  [413, 'refused'],
]);

/** Nothing is wrong with the record: the key may not speak for its operator. */
const BARRED: ReadonlySet<string | number> = new Set([401, 403]);

const lineSchema = z.object({
  index: z.int().min(0),
  status: z.union([z.string(), z.int()]),
  id: z.string().max(200).optional(),
  code: z.string().max(200).optional(),
});

/** One line of the gateway's answer to a batch: which record, and what became of it. */
export interface AnswerLine {
  readonly index: number;
  /** `undefined`: no final answer, the record is to be sent again. */
  readonly answer?: Omit<QueueAnswer, 'sequence'> | undefined;
  /** The code under which the gateway turns the key away; the record would fare better with another one. */
  readonly barred?: string | undefined;
}

/** Reads one line; `undefined` where it is none, as the last line is when the connection was cut. */
export function parseAnswerLine(line: string): AnswerLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { index, status, id, code } = parsed.data;
  if (BARRED.has(status)) return { index, barred: code ?? `http-${status}` };
  const result = RESULTS.get(status);
  return { index, answer: result && { result, ...(id && { id }), ...(code && { code }) } };
}
