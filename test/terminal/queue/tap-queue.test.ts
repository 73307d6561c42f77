import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleTap } from '../../tap/sample-tap.js';
import { created, filesOf, key, openQueue, owner, tapOf, temporaryFolder } from './queue-fixture.js';

test('taps come out in order, whole and numbered from 1, also after the queue was opened again', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder);
  const kept = [await queue.append(tapOf(1)), await queue.append(tapOf(2))];
  expect(kept).toEqual([
    { ...sampleTap, amountFen: 1, sequence: 1 },
    { ...sampleTap, amountFen: 2, sequence: 2 },
  ]);
  await queue.close();
  const again = await openQueue(folder);
  expect(await again.append(tapOf(3))).toMatchObject({ sequence: 3, amountFen: 3 });
  expect((await again.pending(10)).map((tap) => [tap.sequence, tap.amountFen])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect(await again.pending(2)).toEqual(kept);
  await again.close();
});

test('appends that do not wait for one another get numbers in the order of their calls', async () => {
  const queue = await openQueue(temporaryFolder());
  const kept = await Promise.all(Array.from({ length: 20 }, (_, index) => queue.append(tapOf(index))));
  expect(kept.map((tap) => [tap.sequence, tap.amountFen])).toEqual(
    Array.from({ length: 20 }, (_, index) => [index + 1, index]),
  );
  await queue.close();
});

test('an answered tap is gone for good, and its number is never given again', async () => {
  const folder = temporaryFolder();
  let queue = await openQueue(folder);
  for (let amount = 1; amount <= 4; amount++) await queue.append(tapOf(amount));
  await queue.acknowledge(created(2, 4, 99));
  expect((await queue.pending(9)).map((tap) => tap.sequence)).toEqual([1, 3]);
  await queue.close();
  queue = await openQueue(folder);
  expect((await queue.pending(9)).map((tap) => tap.sequence)).toEqual([1, 3]);
  await queue.acknowledge(created(1, 3, 4));
  await queue.close();
  queue = await openQueue(folder);
  expect(queue.pendingCount).toBe(0);
  expect(queue.missingSequences).toEqual([]);
  expect((await queue.append(tapOf(5))).sequence).toBe(5);
  await queue.close();
});

test('files go once all their taps are answered, and the numbers go on', async () => {
  const folder = temporaryFolder();
  const options = { segmentBytesMax: 2000 };
  let queue = await openQueue(folder, options);
  for (let amount = 1; amount <= 20; amount++) await queue.append(tapOf(amount));
  const before = queue.bytes;
  await queue.acknowledge(created(...Array.from({ length: 19 }, (_, index) => index + 2)));
  expect(filesOf(folder).size).toBeGreaterThan(4);
  await queue.acknowledge(created(1));
  expect([...filesOf(folder).keys()]).toEqual(['0000000000000021.taps', 'refused']);
  expect(queue.bytes).toBeLessThan(before / 20);
  await queue.close();
  queue = await openQueue(folder, options);
  expect(queue.nextSequence).toBe(21);
  await queue.close();
});

test('a refused tap is kept with its reason until it is discarded, and not sent again', async () => {
  const folder = temporaryFolder();
  const options = { segmentBytesMax: 1000 };
  let queue = await openQueue(folder, options);
  for (let amount = 1; amount <= 6; amount++) await queue.append(tapOf(amount));
  const refusal = { sequence: 2, result: 'refused' as const, code: 'signature-invalid' };
  const conflict = { sequence: 5, result: 'conflict' as const, id: 'tap-5' };
  await queue.acknowledge([...created(1, 3, 4), refusal, conflict, ...created(6)]);
  await queue.close();
  queue = await openQueue(folder, options);
  expect(queue.pendingCount).toBe(0);
  expect(queue.refusedCount).toBe(2);
  expect(await queue.refused()).toEqual([
    { record: { ...sampleTap, amountFen: 2, sequence: 2 }, answer: refusal },
    { record: { ...sampleTap, amountFen: 5, sequence: 5 }, answer: conflict },
  ]);
  await queue.discardRefused();
  await queue.close();
  queue = await openQueue(folder, options);
  expect(await queue.refused()).toEqual([]);
  expect(queue.nextSequence).toBe(7);
  await queue.close();
});

test('nothing readable stands on the disk, and only the owner may open it', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder);
  await queue.append(tapOf(1));
  await queue.append(tapOf(2));
  await queue.acknowledge([{ sequence: 2, result: 'refused', code: 'card-denied' }]);
  await queue.close();
  for (const [name, bytes] of filesOf(folder)) {
    const text = Buffer.from(bytes).toString('latin1');
    for (const secret of ['6228', '2280', 'evidence', 'bus-0815', 'card-denied']) expect(text).not.toContain(secret);
    expect(Buffer.from(bytes).includes(Buffer.from('6228000100001117', 'hex'))).toBe(false);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  }
});

test('the same tap twice is two different frames: no nonce comes back', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder);
  for (let count = 0; count < 8; count++) await queue.append(tapOf(1));
  await queue.close();
  const [bytes] = filesOf(folder).values();
  const nonces = [
    ...Buffer.from(bytes!)
      .toString('hex')
      .matchAll(/59545131(?:54|48).{28}(.{24})/g),
  ].map((m) => m[1]);
  expect(nonces).toHaveLength(9);
  expect(new Set(nonces).size).toBe(9);
});

test('a folder serves one owner at a time', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder);
  await expect(openQueue(folder)).rejects.toMatchObject({ name: 'QueueError', code: 'queue-in-use' });
  await Promise.all([queue.close(), queue.close()]);
  await queue.close();
  await expect(queue.append(tapOf(1))).rejects.toMatchObject({ code: 'queue-closed' });
  await (await openQueue(folder)).close();
});

test('a wrong key and another terminal change nothing', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder);
  await queue.append(tapOf(1));
  await expect(queue.append({ ...tapOf(2), terminal: 'bus-0816' })).rejects.toMatchObject({ code: 'other-terminal' });
  await queue.close();
  const before = filesOf(folder);
  await expect(openQueue(folder, { key: new Uint8Array(32).fill(8) })).rejects.toMatchObject({ code: 'wrong-key' });
  await expect(openQueue(folder, { key: key.subarray(1) })).rejects.toMatchObject({ code: 'key-invalid' });
  await expect(openQueue(folder, { ...owner, terminal: 'x' })).rejects.toMatchObject({ code: 'other-terminal' });
  expect(filesOf(folder)).toEqual(before);
  const again = await openQueue(folder);
  expect(again.pendingCount).toBe(1);
  await again.close();
});

test('a tap beyond the limits is refused whole, and the queue goes on', async () => {
  const queue = await openQueue(temporaryFolder(), { bytesMax: 1300 });
  const records = Array.from({ length: 64 }, () => ({
    shortFileIdentifier: 1,
    recordNumber: 1,
    bytes: '00'.repeat(10_000),
  }));
  const huge = { ...tapOf(1), evidence: { ...sampleTap.evidence, records } };
  await expect(queue.append(huge)).rejects.toMatchObject({ code: 'tap-too-large' });
  await queue.append(tapOf(1));
  await queue.append(tapOf(2));
  await expect(queue.append(tapOf(3))).rejects.toMatchObject({ code: 'queue-full' });
  expect((await queue.pending(9)).map((tap) => tap.amountFen)).toEqual([1, 2]);
  expect(queue.nextSequence).toBe(3);
  await queue.close();
});
