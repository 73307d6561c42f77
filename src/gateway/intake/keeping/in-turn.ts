/**
 * As `work`, but for one item after another, in the order in which they are given. A failure is its own item's alone, but
 * for the one behind it: an item that `isBehind` is not worked on unless the one before it was done.
 */
export function inTurn<Item, Result>(
  work: (item: Item) => Promise<Result>,
): (item: Item, isBehind: boolean) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  // Of one that came before a thread was begun anew nothing is known.
  let isDone = false;
  return (item, isBehind) => {
    const result = before.then(() => {
      if (isBehind && !isDone) throw new Error('what was handed over before it is not done');
      return work(item);
    });
    before = result.then(
      () => {
        isDone = true;
      },
      () => {
        isDone = false;
      },
    );
    return result;
  };
}
