import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from '../../../src/cli/replay/compare.js';
import { describeFailure } from '../../../src/cli/replay/describe-failure.js';
import { junitReport } from '../../../src/cli/replay/junit.js';
import { type ReadVectorFile, readVectorFiles } from '../../../src/cli/replay/read-vector-files.js';
import type { Vector } from '../../../src/cli/replay/vector.js';
import { replayFiles } from '../support/replay.js';
import { temporaryFolder } from '../support/yongtap.js';

const folder = temporaryFolder();

function writeVectors(name: string, vectors: unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ suite: 'made', vectors }));
  return path;
}

async function run(paths: string[]) {
  const { files } = await readVectorFiles(paths);
  return replayFiles(files);
}

test('a wrong expectation fails with the path, what was expected and what came', async () => {
  const path = writeVectors('wrong.json', [
    { id: 'right', kind: 'tlv.decode', input: { hex: '9f3601AA' }, expect: { tree: [{ tag: '9F36', value: 'aa' }] } },
    { id: 'wrong', kind: 'tlv.decode', input: { hex: '9F3601AA' }, expect: { tree: [{ tag: '9F36', value: 'BB' }] } },
    { id: 'no-error', kind: 'tlv.decode', input: { hex: '9F3601AA' }, expect: { error: true } },
  ]);
  const [right, wrong, noError] = await run([path]);
  expect(right?.passed).toBe(true);
  expect(wrong?.passed).toBe(false);
  expect(describeFailure(wrong!).join()).toMatch(/BB.*AA/i);
  expect(noError?.passed).toBe(false);
});

test('bytes that break off within one are refused, other text is a fault of the vector', async () => {
  const path = writeVectors('half.json', [
    { id: 'half', kind: 'tlv.decode', input: { hex: '9F3602000' }, expect: { error: true } },
    { id: 'text', kind: 'tlv.decode', input: { hex: '9F36ZZ' }, expect: { error: true } },
    { id: 'tree', kind: 'tlv.decode', input: { hex: '9F3602000' }, expect: { tree: [] } },
  ]);
  const results = await run([path]);
  expect(results.map(({ passed }) => passed)).toEqual([true, false, false]);
  expect(results[2]?.problem).toContain('odd number of hex digits');
});

test('an unknown kind and broken input are failures of that vector and stop nothing', async () => {
  const path = writeVectors('unknown.json', [
    { id: 'a', kind: 'tea.leaves', input: {}, expect: {} },
    { id: 'b', kind: 'toString', input: {}, expect: {} },
    { id: 'c', kind: 'dol.build', input: { dol: 17 }, expect: { hex: '' } },
    { id: 'd', kind: 'dol.build', input: { dol: '9F3602', data: {} }, expect: { hex: '0000' } },
  ]);
  const results = await run([path]);
  expect(results.map((result) => result.passed)).toEqual([false, false, false, true]);
  expect(results[0]?.problem).toContain('tea.leaves');
});

test('a file that is no vector file is named, and so is a folder without any', async () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"suite":"x","vectors":[{"id":"a"}]}');
  const { unreadable } = await readVectorFiles([broken, join(folder, 'nowhere')]);
  expect(unreadable.map((file) => file.path)).toEqual([broken, join(folder, 'nowhere')]);
  expect(unreadable[0]?.reason).toContain('kind');
});

test('only the named fields count; lists count item by item; hex in either case', () => {
  expect(compare({ a: 1 }, { a: 1, b: 2 })).toEqual([]);
  expect(compare({ a: ['0a'] }, { a: ['0A'] })).toEqual([]);
  expect(compare({ a: [1, 2] }, { a: [1] })).toHaveLength(1);
  expect(compare({ a: { b: 1 } }, { a: undefined })).toEqual([{ path: 'a', expected: { b: 1 }, actual: undefined }]);
});

test('the JUnit file escapes what a title or a value may hold', async () => {
  const path = writeVectors('junit.json', [{ id: '<&">\u0001', kind: 'none', input: {}, expect: {} }]);
  const xml = junitReport(await run([path]));
  expect(xml).toContain('tests="1" failures="1"');
  expect(xml).toContain('name="&#60;&#38;&#34;&#62;\uFFFD"');
});

const { files: house } = await readVectorFiles(['test-vectors']);

/** The first of each kind, and of each kernel, in every file: no kind goes without. */
const some: readonly ReadVectorFile[] = house.map(({ path, file }) => ({
  path,
  file: { ...file, vectors: firstOfEach(file.vectors) },
}));

function firstOfEach(vectors: readonly Vector[]): Vector[] {
  const firsts = new Map<string, Vector>();
  for (const vector of vectors) {
    const name = `${vector.kind} ${vector.input.kernel}`;
    if (!firsts.has(name)) firsts.set(name, vector);
  }
  return [...firsts.values()];
}

const each = (change: (vector: Vector) => Vector): readonly ReadVectorFile[] =>
  some.map(({ path, file }) => ({ path, file: { ...file, vectors: file.vectors.map(change) } }));

const HEX = /^(?:[0-9A-Fa-f]{2})+$/;
const other = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));

/** Bytes and tags, `ac` and the like excepted: a name in small letters is a field's. */
function otherCase(value: unknown): unknown {
  if (typeof value === 'string') return HEX.test(value) ? other(value) : value;
  if (Array.isArray(value)) return value.map(otherCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      /^[0-9A-F]{2,6}(?:#len)?$/.test(key) ? other(key) : key,
      otherCase(item),
    ]),
  );
}

test('bytes and tags may be in either case', async () => {
  const results = await replayFiles(
    each(({ input, expect: expected, ...vector }) => ({
      ...vector,
      input: otherCase(input) as Vector['input'],
      expect: otherCase(expected) as Vector['expect'],
    })),
  );
  expect(new Set(results.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(22);
  expect(results.filter(({ passed }) => !passed).map((result) => [result.id, describeFailure(result)])).toEqual([]);
});

test('a field that a kind does not know is never taken for one that matches', async () => {
  const results = await replayFiles(each((vector) => ({ ...vector, expect: { ...vector.expect, colour: 'blue' } })));
  expect(results.filter(({ passed }) => passed).map(({ id, kind }) => `${kind} ${id}`)).toEqual([]);
});
