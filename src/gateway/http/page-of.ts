export interface Page<Item, Cursor> {
  readonly items: readonly Item[];
  /** Where the next page begins, where there is one. */
  readonly next?: Cursor;
}

/** What a page shows of what was found when one more than `limit` was asked for. */
export function pageOf<Item, Cursor>(
  found: readonly Item[],
  limit: number,
  cursorOf: (last: Item) => Cursor,
): Page<Item, Cursor> {
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { items: found.slice(0, limit), ...(last !== undefined && { next: cursorOf(last) }) };
}
