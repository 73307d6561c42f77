import { IntakeError } from './intake-error.js';

const LIMIT_MAX = 1000;

/** Where a page ended: the instant by which it is ordered, and what tells rows of one instant apart. */
export interface Cursor {
  readonly atMs: number;
  readonly id: string;
}

export function readCursor(text: string): Cursor {
  const match = /^(-?\d{1,16})\.([\w.-]{1,200})$/.exec(text);
  if (!match) throw new IntakeError('cursor-invalid', 'after', 'not a value that a page gave as next');
  return { atMs: Number(match[1]), id: match[2]! };
}

/** The first `limit` of rows of which one more was read, and where to go on. */
export function toPage<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => Cursor) {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  if (!last) return { rows: page };
  const { atMs, id } = cursorOf(last);
  return { rows: page, next: `${atMs}.${id}` };
}

export function checkLimit(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new RangeError(`a page has 1 to ${LIMIT_MAX} rows, not ${limit}`);
}
