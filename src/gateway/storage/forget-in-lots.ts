/** Few enough that nobody waits long for them. */
const TOGETHER = 1000;

/**
 * Forgets rows some at a time, until none is left or it is told to stop. `next` gives the first of those that are still
 * there, at most so many; `forget` deletes them. Gives how many were forgotten.
 */
export async function forgetInLots<Row>(
  signal: AbortSignal,
  next: (limit: number) => Promise<readonly Row[]>,
  forget: (rows: readonly Row[]) => Promise<unknown>,
  together: number = TOGETHER,
): Promise<number> {
  let forgotten = 0;
  while (!signal.aborted) {
    const rows = await next(together);
    if (rows.length === 0) break;
    await forget(rows);
    forgotten += rows.length;
  }
  return forgotten;
}
