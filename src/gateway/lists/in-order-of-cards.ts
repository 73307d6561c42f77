import { setImmediate } from 'node:timers/promises';

/** Rows of one query, and what either engine takes as parameters of the next. */
const CARDS_TOGETHER = 1000;

/** Reads cards page by page in the order of their tokens, and lets the process do other work between. */
export async function* inOrderOfCards<Row extends { readonly card_token: string }>(
  read: (after: string, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let after = '';
  while (true) {
    const rows = await read(after, CARDS_TOGETHER);
    if (rows.length > 0) yield rows;
    if (rows.length < CARDS_TOGETHER) return;
    after = rows.at(-1)!.card_token;
    await setImmediate();
  }
}
