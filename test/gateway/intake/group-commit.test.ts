import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGroupCommit } from '../../../src/gateway/intake/group-commit.js';
import { inTurn } from '../../../src/gateway/intake/keeping/index.js';
import { createUnderWay } from '../../../src/gateway/intake/under-way.js';

/** Groups as they were worked on; `failing` fails each group in which it is. */
function grouping(onTheWay?: (count: number) => Promise<unknown>, failing?: number) {
  const groups: (readonly number[])[] = [];
  const commit = createGroupCommit<number, number>({
    isForAll: () => false,
    ...(onTheWay && { onTheWay }),
    async work(items) {
      groups.push(items);
      await setTimeout(5);
      if (failing !== undefined && items.includes(failing)) throw new Error(`not ${failing}`);
      return { answers: items.map((item) => -item) };
    },
  });
  return { groups, commit };
}

test('what comes at once or while work is under way goes together, in its order', async () => {
  const { groups, commit } = grouping();
  const first = Promise.all([commit(1), commit(2)]);
  await setTimeout(2);
  const then = Promise.all([commit(3), commit(4), commit(5)]);
  expect([await first, await then]).toEqual([
    [-1, -2],
    [-3, -4, -5],
  ]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
});

test('at most two hundred go together', async () => {
  const { groups, commit } = grouping();
  await Promise.all(Array.from({ length: 450 }, (_, index) => commit(index)));
  expect(groups.map(({ length }) => length)).toEqual([200, 200, 50]);
});

test('a group waits for what is on its way when it begins, and for nothing behind that', async () => {
  const underWay = createUnderWay();
  const { groups, commit } = grouping(underWay.first);
  const late = (item: number, ms: number) => underWay.follow(setTimeout(ms, item)).then(commit);
  const both = [late(2, 10), commit(1)];
  await setImmediate();
  both.push(late(3, 60));
  expect(await Promise.all(both)).toEqual([-2, -1, -3]);
  expect(groups).toEqual([[1, 2], [3]]);
});

test('what is under way is waited for in its order, so many at most, and may fail', async () => {
  const underWay = createUnderWay();
  const told: string[] = [];
  const works = [40, 10, 20].map((ms) => underWay.follow(setTimeout(ms).then(() => told.push(`${ms}`))));
  await underWay.first(0);
  expect(told).toEqual([]);
  await underWay.first(2);
  expect(told).toEqual(['10']);
  await underWay.first(9);
  expect(told).toEqual(['10', '20']);
  await Promise.all(works);
  const failing = underWay.follow(Promise.reject(new Error('no')));
  await underWay.first(1);
  await expect(failing).rejects.toThrow('no');
});

test('nobody suffers for another’s item', async () => {
  const { groups, commit } = grouping(undefined, 2);
  const settled = await Promise.allSettled([commit(1), commit(2), commit(3)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
});

test('of whole groups the next is handed over before, and no more than that', async () => {
  const groups: number[] = [];
  let [underWay, most] = [0, 0];
  const commit = createGroupCommit<number, number>({
    isForAll: () => false,
    wholeGroupsMax: 2,
    async work(items) {
      groups.push(items.length);
      underWay++;
      most = Math.max(most, underWay);
      await setTimeout(5);
      underWay--;
      return { answers: items.map((item) => -item) };
    },
  });
  const answers = await Promise.all(Array.from({ length: 850 }, (_, index) => commit(index)));
  expect(answers).toEqual(Array.from({ length: 850 }, (_, index) => -index));
  expect([groups, most]).toEqual([[200, 200, 200, 200, 50], 2]);
});

test('what was handed over behind a group that fails comes after the last of that group', async () => {
  const kept: number[] = [];
  const failing = new Set([7, 405]);
  const work = inTurn(async (items: readonly number[]) => {
    await setTimeout(1);
    if (items.some((item) => failing.has(item))) throw new Error('not this one');
    kept.push(...items);
    return { answers: items };
  });
  const commit = createGroupCommit<number, number>({ isForAll: () => false, wholeGroupsMax: 2, work });
  const items = Array.from({ length: 850 }, (_, index) => index);
  const settled = await Promise.allSettled(items.map(commit));
  const good = items.filter((item) => !failing.has(item));
  expect(kept).toEqual(good);
  expect(settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))).toEqual(good);
});

test('nobody is answered before what was done is durable, and the next group does not wait for that', async () => {
  const durables: (() => void)[] = [];
  const commit = createGroupCommit<number, number>({
    isForAll: () => false,
    work: async (items) => ({
      answers: items.map((item) => -item),
      durable: new Promise<void>((resolve, reject) =>
        durables.push(items.includes(3) ? () => reject(new Error('no disk')) : resolve),
      ),
    }),
  });
  const told: (number | string)[] = [];
  const tell = (item: number) =>
    commit(item).then(
      (answer) => told.push(answer),
      (error: Error) => told.push(error.message),
    );
  const first = Promise.all([tell(1), tell(2)]);
  await setTimeout(5);
  const then = Promise.all([tell(3), tell(4)]);
  await setTimeout(5);
  expect([told, durables.length]).toEqual([[], 2]);
  durables[1]!();
  await then;
  expect(told).toEqual(['no disk', 'no disk']);
  durables[0]!();
  await first;
  expect(told.slice(2)).toEqual([-1, -2]);
});
