import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QueueError, type TapQueue } from '../../../src/terminal/index.js';
import { openQueue, tapOf, temporaryFolder } from './queue-fixture.js';
import { SimulatedDisk } from './simulated-disk.js';

/** What a caller of the queue was told, and what it was not told the end of. */
class Told {
  /** Amounts of the taps, from sequence 1 on. */
  readonly amounts: number[] = [];
  readonly answered = new Set<number>();
  readonly refused = new Set<number>();
  unsureTap: number | undefined;
  readonly unsureAnswers = new Set<number>();
}

async function act(queue: TapQueue, told: Told, action: number): Promise<void> {
  if (action < 60) {
    told.unsureTap = action;
    const { sequence } = await queue.append(tapOf(action));
    expect(sequence).toBe(told.amounts.length + 1);
    told.amounts.push(action);
    told.unsureTap = undefined;
    return;
  }
  const waiting = await queue.pending(action - 58);
  const answers = waiting
    .filter(({ sequence }) => (sequence * action) % 3 > 0)
    .map(({ sequence }) => ({ sequence, result: sequence % 4 ? ('created' as const) : ('refused' as const) }));
  for (const { sequence } of answers) told.unsureAnswers.add(sequence);
  await queue.acknowledge(answers);
  for (const { sequence, result } of answers) (result === 'created' ? told.answered : told.refused).add(sequence);
  told.unsureAnswers.clear();
}

async function expectTruth(queue: TapQueue, told: Told): Promise<void> {
  expect(queue.missingSequences).toEqual([]);
  if (queue.nextSequence === told.amounts.length + 2) {
    expect(told.unsureTap).toBeDefined();
    told.amounts.push(told.unsureTap!);
  }
  told.unsureTap = undefined;
  expect(queue.nextSequence).toBe(told.amounts.length + 1);
  const pending = new Map((await queue.pending(1000)).map((tap) => [tap.sequence, tap.amountFen]));
  expect([...pending.keys()]).toEqual([...pending.keys()].sort((left, right) => left - right));
  const refused = new Set((await queue.refused()).map((tap) => tap.record.sequence));
  for (const [index, amount] of told.amounts.entries()) {
    const sequence = index + 1;
    if (told.unsureAnswers.has(sequence)) {
      if (!pending.has(sequence)) (sequence % 4 ? told.answered : told.refused).add(sequence);
    } else if (!told.answered.has(sequence) && !told.refused.has(sequence)) {
      expect(pending.get(sequence)).toBe(amount);
    }
    if (told.answered.has(sequence) || told.refused.has(sequence)) expect(pending.has(sequence)).toBe(false);
    if (told.refused.has(sequence)) expect(refused.has(sequence)).toBe(true);
  }
  expect([...pending.keys()].every((sequence) => sequence <= told.amounts.length)).toBe(true);
  told.unsureAnswers.clear();
}

const action = fc.nat({ max: 79 });

test('whatever is on the disk when the power goes, no tap is lost, invented, reordered or numbered anew', async () => {
  const life = fc.record({
    actions: fc.array(action, { minLength: 1, maxLength: 30 }),
    power: fc.integer({ min: 0, max: 90 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const disk = new SimulatedDisk();
      const folder = temporaryFolder();
      const options = { files: disk, segmentBytesMax: 1500 };
      const told = new Told();
      for (const { actions, power, seed } of lives) {
        disk.losePowerAfter(power);
        let queue: TapQueue | undefined;
        try {
          queue = await openQueue(folder, options);
          await expectTruth(queue, told);
          for (const each of actions) await act(queue, told, each);
        } catch (error) {
          const isPowerLoss = (cause: unknown): boolean =>
            cause instanceof Error && (cause.name === 'PowerLoss' || isPowerLoss(cause.cause));
          if (!isPowerLoss(error) && !(error instanceof QueueError && error.code === 'write-failed')) throw error;
        }
        await queue?.close();
        let state = seed;
        disk.recover((below) => {
          state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
          return (state >>> 8) % below;
        });
      }
      const queue = await openQueue(folder, options);
      await expectTruth(queue, told);
      await queue.close();
    }),
    { numRuns: 300 },
  );
});

test('each tap is synced to the disk before it is called kept', async () => {
  const disk = new SimulatedDisk();
  const queue = await openQueue(temporaryFolder(), { files: disk });
  for (let count = 0; count < 5; count++) {
    const before = disk.syncs;
    await queue.append(tapOf(count));
    expect(disk.syncs).toBeGreaterThan(before);
  }
  await queue.close();
});

test('a full disk takes nothing of a tap, keeps all others, and has room again after an upload', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 900, max: 6000 }),
      fc.array(action, { minLength: 30, maxLength: 80 }),
      async (size, actions) => {
        const disk = new SimulatedDisk();
        const folder = temporaryFolder();
        const options = { files: disk, segmentBytesMax: 1500 };
        const told = new Told();
        let queue = await openQueue(folder, options);
        disk.capacity = size;
        for (const each of actions) {
          try {
            await act(queue, told, each);
          } catch (error) {
            expect(error).toMatchObject({ name: 'QueueError', code: 'disk-full' });
            if (each % 2) {
              await queue.close();
              queue = await openQueue(folder, options);
            }
            const isAppend = told.unsureTap !== undefined;
            told.unsureTap = undefined;
            await expectTruth(queue, told);
            if (isAppend) expect(disk.used).toBeLessThanOrEqual(size);
          }
        }
        disk.capacity = Number.POSITIVE_INFINITY;
        await expectTruth(queue, told);
        await queue.append(tapOf(1));
        await queue.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('a disk full of answered taps lets the upload go on: whole files go without more being written', async () => {
  const disk = new SimulatedDisk();
  const queue = await openQueue(temporaryFolder(), { files: disk, segmentBytesMax: 1500 });
  disk.capacity = 20_000;
  while (
    await queue.append(tapOf(1)).then(
      () => true,
      () => false,
    )
  );
  disk.capacity = disk.used;
  const waiting = await queue.pending(1000);
  expect(waiting.length).toBeGreaterThan(30);
  await queue.acknowledge(waiting.slice(0, 10).map(({ sequence }) => ({ sequence, result: 'created' })));
  expect((await queue.pending(1000)).map((tap) => tap.sequence)).toEqual(waiting.slice(10).map((tap) => tap.sequence));
  await queue.append(tapOf(2));
  await queue.close();
});
