/**
 * The items of `source` in their order, of which so many are asked for before they are needed. What it threw is thrown in
 * its turn.
 */
export async function* readAhead<Item>(source: AsyncGenerator<Item>, ahead: number): AsyncGenerator<Item> {
  const asked: Promise<IteratorResult<Item>>[] = [];
  const ask = () => {
    const next = source.next();
    // Nobody may ever come to its turn.
    next.catch(() => {});
    asked.push(next);
  };
  try {
    for (;;) {
      while (asked.length < ahead) ask();
      const { done, value } = await asked.shift()!;
      if (done) return;
      yield value;
    }
  } finally {
    await source.return(undefined);
  }
}
