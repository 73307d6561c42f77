/**
 * Does the same for each item, one after the other, until `signal` ends it. One that fails does not keep the others
 * from their turn: what was thrown first is thrown in the end.
 */
export async function doEach<Item>(
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  let failed: { readonly error: unknown } | undefined;
  for (const item of items) {
    if (signal?.aborted) break;
    try {
      await work(item);
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed) throw failed.error;
}
