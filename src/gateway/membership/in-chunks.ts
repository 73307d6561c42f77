import { setImmediate } from 'node:timers/promises';

/** Rows have at most eleven columns, and both engines take some 32,000 values in a statement. */
const ROWS_MAX = 500;

/** Some hundred at a time. */
export function* chunksOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_MAX) yield rows.slice(start, start + ROWS_MAX);
}

/** Hands rows on some hundred at a time, and lets the process do other work between. */
export async function inChunks<Row>(
  rows: readonly Row[],
  work: (chunk: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (const chunk of chunksOf(rows)) {
    await work(chunk);
    await setImmediate();
  }
}
