import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { created, openQueue, tapOf, temporaryFolder } from './queue-fixture.js';
import { SimulatedDisk } from './simulated-disk.js';

const SEGMENT = '0000000000000001.taps';

/** Six taps, the second of them answered, and where each frame ends in the only segment. */
async function written(folder: string) {
  const disk = new SimulatedDisk();
  const queue = await openQueue(folder, { files: disk });
  const ends: number[] = [];
  for (let amount = 1; amount <= 6; amount++) {
    await queue.append(tapOf(amount));
    if (amount === 4) await queue.acknowledge(created(2));
    ends.push(disk.content(join(folder, SEGMENT)).length);
  }
  await queue.close();
  return { bytes: disk.content(join(folder, SEGMENT)), ends };
}

async function reopened(folder: string, bytes: Uint8Array) {
  const disk = new SimulatedDisk();
  disk.put(join(folder, SEGMENT), bytes);
  const queue = await openQueue(folder, { files: disk });
  const pending = await queue.pending(99);
  for (const tap of pending) expect(tap.amountFen).toBe(tap.sequence);
  const { missingSequences, setAside, nextSequence } = queue;
  const appended = await queue.append(tapOf(nextSequence));
  expect(appended.sequence).toBe(nextSequence);
  await queue.close();
  return { pending: pending.map((tap) => tap.sequence), missingSequences, setAside, nextSequence };
}

test('cut at any byte, exactly the taps before the cut are there, and the next one takes the next number', async () => {
  const folder = temporaryFolder();
  const { bytes, ends } = await written(folder);
  for (let length = 0; length < bytes.length; length++) {
    const count = ends.filter((_, index) => length >= endOfTap(ends, index)).length;
    const found = await reopened(folder, bytes.slice(0, length));
    const isAnswered = length >= ends[3]!;
    const expected = [1, 2, 3, 4, 5, 6].slice(0, count).filter((sequence) => !(isAnswered && sequence === 2));
    expect(found, `cut at ${length}`).toEqual({
      pending: expected,
      missingSequences: [],
      setAside: [],
      nextSequence: count + 1,
    });
  }
});

test('a file that grew before the bytes of its last tap arrived ends before that tap, wherever they stopped', async () => {
  const folder = temporaryFolder();
  const { bytes, ends } = await written(folder);
  const [start, end] = [ends[4]!, ends[5]!];
  for (let arrived = start; arrived < end; arrived++) {
    const grown = bytes.slice().fill(0, arrived);
    if (grown.every((byte, index) => byte === bytes[index])) continue;
    expect(await reopened(folder, grown), `${arrived - start} bytes arrived`).toEqual({
      pending: [1, 3, 4, 5],
      missingSequences: [],
      setAside: [],
      nextSequence: 6,
    });
  }
});

/** The fourth tap's frame is as long as the third's: what follows it is the answer. */
function endOfTap(ends: readonly number[], index: number): number {
  return index === 3 ? ends[2]! * 2 - ends[1]! : ends[index]!;
}

test('damaged at any byte, at most the one tap there is missing, is reported, and no number comes back', async () => {
  const folder = temporaryFolder();
  const { bytes, ends } = await written(folder);
  for (let offset = 0; offset < bytes.length; offset++) {
    const damaged = bytes.slice();
    damaged[offset]! ^= 1 << (offset % 8);
    // A last byte that becomes zero looks like a write that did not come to its end.
    if (offset === bytes.length - 1 && damaged[offset] === 0) continue;
    const found = await reopened(folder, damaged);
    expect(found.setAside.length, `damaged at ${offset}`).toBe(1);
    expect(found.nextSequence).toBe(7);
    const tap = ends.findIndex((_, index) => offset < endOfTap(ends, index)) + 1;
    const isAnswer = offset >= endOfTap(ends, 3) && offset < ends[3]!;
    const isHeader = offset < ends[0]! - (ends[1]! - ends[0]!);
    const lost = isAnswer || isHeader || tap === 2 ? [] : [tap];
    expect(found.missingSequences, `damaged at ${offset}`).toEqual(lost);
    const waiting = isAnswer ? [1, 2, 3, 4, 5, 6] : [1, 3, 4, 5, 6];
    expect(found.pending).toEqual(waiting.filter((sequence) => !lost.includes(sequence)));
  }
});

test('damaged parts are copied aside before their file goes', async () => {
  const folder = temporaryFolder();
  const queue = await openQueue(folder, { segmentBytesMax: 1000 });
  for (let amount = 1; amount <= 6; amount++) await queue.append(tapOf(amount));
  await queue.close();
  const file = openSync(join(folder, SEGMENT), 'r+');
  writeSync(file, Uint8Array.of(0xff, 0xff, 0xff), 0, 3, 300);
  closeSync(file);
  const again = await openQueue(folder, { segmentBytesMax: 1000 });
  expect(again.missingSequences).toEqual([1]);
  await again.acknowledge(created(2, 3, 4, 5, 6));
  expect(readdirSync(folder)).not.toContain(SEGMENT);
  expect(readdirSync(join(folder, 'set-aside'))).toEqual([expect.stringContaining(SEGMENT)]);
  expect(again.nextSequence).toBe(7);
  await again.close();
});
