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

/** Work that is done, and when its answers may be told. */
export interface Done<Answer> {
  readonly answers: readonly Answer[];
  readonly durable?: Promise<unknown>;
}

export interface GroupCommitOptions<Item, Answer> {
  /** `isBehind`: where the group handed over before it is not done, it must fail and do nothing; it comes again. */
  readonly work: (items: readonly Item[], isBehind: boolean) => Promise<Done<Answer>>;
  /** Whether a failure would be the same for every item, so that none is tried alone. */
  readonly isForAll: (error: unknown) => boolean;
  /** Settles, and never fails, when so many at most of those that are on their way now have come. */
  readonly onTheWay?: (count: number) => Promise<unknown>;
  /** So many whole groups are handed over at a time: `work` takes them in their order. Default 1. */
  readonly wholeGroupsMax?: number;
}

/**
 * Does `work` for items that come one by one, but together for those that come at the same time or while it is under
 * way, in the order in which they came. Where it fails for several it is done again for each alone, so that nobody
 * suffers for another's item, and what was handed over behind them comes after the last of these.
 */
export function createGroupCommit<Item, Answer>({
  work,
  isForAll,
  onTheWay,
  wholeGroupsMax = 1,
}: GroupCommitOptions<Item, Answer>): (item: Item) => Promise<Answer> {
  let queue: Waiting<Item, Answer>[] = [];
  let isGathering = false;
  let underWay = 0;
  let latest: Promise<void> = Promise.resolve();
  let doneAgain = 0;

  /** `before`: of the group that is under way in front of this one. */
  async function settle(group: readonly Waiting<Item, Answer>[], before?: Promise<void>): Promise<void> {
    const items = group.map(({ item }) => item);
    try {
      const { answers, durable } = await work(items, before !== undefined);
      void tell(group, answers, durable);
    } catch (error) {
      doneAgain++;
      await before;
      if (before && !isForAll(error)) await settle(group);
      else if (group.length === 1 || isForAll(error)) for (const { reject } of group) reject(error);
      else for (const waiting of group) await settle([waiting]);
      doneAgain--;
    }
  }

  async function tell(
    group: readonly Waiting<Item, Answer>[],
    answers: readonly Answer[],
    durable: Promise<unknown> | undefined,
  ): Promise<void> {
    try {
      await durable;
      group.forEach(({ resolve }, index) => {
        resolve(answers[index]!);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
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

  async function goOn(): Promise<void> {
    const isWhole = queue.length >= TOGETHER_MAX;
    if (queue.length === 0 || isGathering || underWay >= (isWhole ? wholeGroupsMax : 1)) return;
    isGathering = true;
    await gather();
    isGathering = false;
    // Who does it again goes on from here.
    if (doneAgain > 0) return;
    const group = queue.slice(0, TOGETHER_MAX);
    queue = queue.slice(TOGETHER_MAX);
    const settled = settle(group, underWay > 0 ? latest : undefined);
    latest = settled;
    underWay++;
    void goOn();
    await settled;
    underWay--;
    void goOn();
  }

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      void goOn();
    });
}
