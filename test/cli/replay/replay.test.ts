import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compare } from '../../../src/cli/replay/compare.js';
import { describeFailure } from '../../../src/cli/replay/describe-failure.js';
import { junitReport } from '../../../src/cli/replay/junit.js';
import { readVectorFiles } from '../../../src/cli/replay/read-vector-files.js';
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
