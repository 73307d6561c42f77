import { setImmediate } from 'node:timers/promises';

/** One commit, one sync of the disk, costs as much for a hundred as for one. */
const TOGETHER_MAX = 200;

/** Beyond that a group costs little less for each, and who works beside it would have to wait for it. */
const WAITED_FOR_MAX = 24;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<Item, Answer> {
  readonly work: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Whether a failure would be the same for every item, so that none is tried alone. */
  readonly isForAll: (error: unknown) => boolean;
  /** Settles, and never fails, when so many at most of those that are on their way now have come. */
  readonly onTheWay?: (count: number) => Promise<unknown>;
}

/**
 * Does `work` for items that come one by one, but together for those that come at the same time or while it is under
 * way, in the order in which they came. Where it fails for several it is done again for each alone, so that nobody
 * suffers for another's item.
 */
export function createGroupCommit<Item, Answer>({
  work,
  isForAll,
  onTheWay,
}: GroupCommitOptions<Item, Answer>): (item: Item) => Promise<Answer> {
  let queue: Waiting<Item, Answer>[] = [];
  let isWorking = false;

  async function settle(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await work(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(answers[index]!);
      });
    } catch (error) {
      if (group.length === 1 || isForAll(error)) for (const { reject } of group) reject(error);
      else for (const waiting of group) await settle([waiting]);
    }
  }

  /** Whatever other connections have sent by now comes along, and what they send while that is read. */
  async function gather(): Promise<void> {
    if (queue.length < TOGETHER_MAX) await onTheWay?.(WAITED_FOR_MAX);
    for (let known = 0; known < queue.length && queue.length < TOGETHER_MAX; ) {
      known = queue.length;
      await setImmediate();
    }
  }

  async function workOff(): Promise<void> {
    isWorking = true;
    while (queue.length > 0) {
      await gather();
      const group = queue.slice(0, TOGETHER_MAX);
      queue = queue.slice(TOGETHER_MAX);
      await settle(group);
    }
    isWorking = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (!isWorking) void workOff();
    });
}
