/** As `work`, but for one item after another, in the order in which they are given. A failure is its own item's alone. */
export function inTurn<Item, Result>(work: (item: Item) => Promise<Result>): (item: Item) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  return (item) => {
    const result = before.then(() => work(item));
    before = result.catch(() => {});
    return result;
  };
}
