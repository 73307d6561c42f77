import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AnswerTally, agree } from '../../../src/cli/fleet/deliver/answer-tally.js';
import { type Upload, uploadsOf } from '../../../src/cli/fleet/deliver/uploads.js';
import { clearFolder, FileDelivery } from '../../../src/cli/fleet/deliver/write-files.js';
import { type Delivery, type Item, itemLine, keyOf, readItemLine } from '../../../src/cli/fleet/ride/item.js';
import { SortedChunks } from '../../../src/cli/fleet/ride/sorted-chunks.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yongtap-uploads-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = 1_443_800_000;

const item = (second: number, rider: number, delivery: Delivery): Item => ({
  key: keyOf(START + second, rider, 0),
  operator: 'ningbo-bus',
  terminal: `bus-${rider % 3}`,
  delivery,
  expected: 'created',
  tail: `,"at":"${second}","rider":${rider}}`,
  otherTail: delivery.kind === 'other' ? ',"at":"elsewhere"}' : '',
});

const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  fc.constant({ kind: 'now' } as const),
  fc.record({
    kind: fc.constantFrom('late' as const, 'again' as const, 'other' as const),
    hours: fc.integer({ min: 1, max: 5 }),
  }),
);

/** Items that differ in their riders. */
const items = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), delivery), { maxLength: 60 })
  .map((list) => list.map(([second, how], rider) => item(second, rider, how)));

/** What comes out where so many workers had a part of the items each. */
async function uploadsBy(workers: number, all: readonly Item[]): Promise<Upload[]> {
  const files: string[] = [];
  for (let worker = 0; worker < workers; worker++) {
    const chunks = new SortedChunks(folder, `worker-${workers}-${worker}`);
    for (const [index, one] of all.entries()) {
      if (index % workers !== worker) continue;
      chunks.add(itemLine(one));
      if (index % 7 === 0) await chunks.flush();
    }
    await chunks.flush();
    files.push(...chunks.files);
  }
  const uploads: Upload[] = [];
  for await (const upload of uploadsOf(files, folder)) uploads.push(upload);
  return uploads;
}

it('an item is the same after it was written down', () => {
  fc.assert(
    fc.property(items, (all) => {
      expect(all.map(itemLine).map(readItemLine)).toEqual(all);
    }),
  );
});

it('each terminal numbers its records without gaps as it made them, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(items, async (all) => {
      const uploads = await uploadsBy(2, all);
      expect(uploads).toHaveLength(
        all.length + all.filter(({ delivery: { kind } }) => ['again', 'other'].includes(kind)).length,
      );
      const inOrder = [...all].sort((one, other) => (one.key < other.key ? -1 : 1));
      const sequences = new Map<string, number>();
      for (const { terminal, tail } of inOrder) {
        const sequence = (sequences.get(terminal) ?? 0) + 1;
        sequences.set(terminal, sequence);
        const text = `{"version":1,"operator":"ningbo-bus","terminal":"${terminal}","sequence":${sequence}${tail}`;
        expect(uploads.map((upload) => upload.text)).toContain(text);
      }
    }),
    { numRuns: 30 },
  );
});

it('the order is the same, however many workers there were', async () => {
  await fc.assert(
    fc.asyncProperty(items, async (all) => {
      expect(await uploadsBy(3, all)).toEqual(await uploadsBy(1, all));
    }),
    { numRuns: 30 },
  );
});

it('what is late, comes twice or comes otherwise waits for its hour', async () => {
  const hour = 3600 - (START % 3600);
  const uploads = await uploadsBy(1, [
    item(0, 0, { kind: 'late', hours: 1 }),
    item(1, 1, { kind: 'again', hours: 2 }),
    item(2, 2, { kind: 'other', hours: 1 }),
    item(hour - 1, 3, { kind: 'now' }),
    item(hour, 4, { kind: 'now' }),
  ]);
  const told = uploads.map(({ expected, text }) => `${expected} ${(JSON.parse(text) as { at: string }).at}`);
  expect(told).toEqual([
    'created 1',
    'created 2',
    `created ${hour - 1}`,
    'created 0',
    'conflict elsewhere',
    `created ${hour}`,
    'exists 1',
  ]);
  expect(readdirSync(folder).filter((name) => name.startsWith('due'))).toEqual([]);
});

it('answers agree where a gateway that has seen the day before says exists, and in no other case', () => {
  const counts = (...answers: Parameters<AnswerTally['add']>[0][]) => {
    const tally = new AnswerTally();
    for (const answer of answers) tally.add(answer);
    return tally.counts();
  };
  const expected = counts('created', 'created', 'exists', 'conflict', 'refused:card-lost');
  expect(agree(expected, counts('exists', 'exists', 'exists', 'conflict', 'refused:card-lost'))).toBe(true);
  expect(agree(expected, counts('created', 'created', 'exists', 'conflict', 'refused:passback'))).toBe(false);
  expect(agree(expected, counts('created', 'created', 'created', 'exists', 'refused:card-lost'))).toBe(false);
  expect(agree(expected, counts('created', 'created', 'exists', 'conflict'))).toBe(false);
});

it('names the file that finds no room, and takes away what was written of the day, and nothing else', async () => {
  symlinkSync('/dev/full', join(folder, 'taps-full.ndjson'));
  writeFileSync(join(folder, 'notes.txt'), '');
  const delivery = new FileDelivery(folder);
  const upload = { terminal: 'gate-1', sequence: 1, expected: 'created', text: '{}' } as const;
  await delivery.take({ ...upload, operator: 'roomy' });
  await delivery.take({ ...upload, operator: 'full' });
  await expect(delivery.end()).rejects.toThrow(/ENOSPC.*taps-full\.ndjson/);
  await delivery.abandon();
  await clearFolder(folder);
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});
