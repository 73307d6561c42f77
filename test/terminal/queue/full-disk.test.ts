import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { openQueue, tapOf, temporaryFolder } from './queue-fixture.js';
import { SimulatedDisk } from './simulated-disk.js';

/** A folder on a real file system of 128 KiB where this machine lets us mount one, else on a simulated disk of that size. */
function smallDisk() {
  const folder = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', folder]).status === 0) {
    onTestFinished(() => {
      spawnSync('umount', [folder]);
    });
    return { folder, options: {} };
  }
  const files = new SimulatedDisk();
  files.capacity = 128 * 1024;
  return { folder, options: { files } };
}

test('a full disk is said clearly, the taps before it stay, and an upload makes room', async () => {
  const { folder, options } = smallDisk();
  let queue = await openQueue(folder, { ...options, segmentBytesMax: 16 * 1024 });
  let kept = 0;
  let failure: unknown;
  while (failure === undefined && kept < 1000) {
    try {
      await queue.append(tapOf(kept + 1));
      kept++;
    } catch (error) {
      failure = error;
    }
  }
  expect(failure).toMatchObject({ name: 'QueueError', code: 'disk-full' });
  expect(kept).toBeGreaterThan(100);
  await queue.close();
  queue = await openQueue(folder, { ...options, segmentBytesMax: 16 * 1024 });
  const pending = await queue.pending(1000);
  expect(pending.map((tap) => tap.amountFen)).toEqual(Array.from({ length: kept }, (_, index) => index + 1));
  expect(queue.nextSequence).toBe(kept + 1);
  for (let done = 0; done < pending.length; done += 50) {
    const batch = pending.slice(done, done + 50);
    await queue.acknowledge(batch.map(({ sequence }) => ({ sequence, result: 'created' })));
  }
  expect((await queue.append(tapOf(9))).sequence).toBe(kept + 1);
  expect((await queue.pending(9)).map((tap) => tap.sequence)).toEqual([kept + 1]);
  await queue.close();
});
