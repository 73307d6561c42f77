/** One commit, one sync of the disk, costs as much for a hundred as for one. */
const TOGETHER_MAX = 200;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does `work` for items that come one by one, but together for those that come while it is under way. Where it fails
 * for several it is done again for each alone, so that nobody suffers for another's item.
 */
export function createGroupCommit<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const queue: Waiting<Item, Answer>[] = [];
  let isWorking = false;

  async function settle(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await work(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(answers[index]!);
      });
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error);
      else for (const waiting of group) await settle([waiting]);
    }
  }

  async function workOff(): Promise<void> {
    isWorking = true;
    while (queue.length > 0) await settle(queue.splice(0, TOGETHER_MAX));
    isWorking = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!isWorking) void workOff();
    });
}
