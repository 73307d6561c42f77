import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/folders/make-folder.js';
import { removeEmptyFolders } from '../../src/folders/remove-empty-folders.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]) => join(folder, ...names);

it('makes those that it lies in, all of the mode, and is content with what is there', () => {
  expect(makeFolder(at('a', 'b', 'c'), 0o700)).toBe(at('a'));
  expect(makeFolder(at('a', 'b', 'c'), 0o700)).toBeUndefined();
  for (const made of [at('a'), at('a', 'b'), at('a', 'b', 'c')]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

it('are removed as far as they are empty, and no further than they were made', () => {
  const path = at('kept', 'x', 'y', 'z');
  makeFolder(at('kept'));
  const topmost = makeFolder(path)!;
  removeEmptyFolders(path, topmost);
  expect([existsSync(topmost), existsSync(at('kept'))]).toEqual([false, true]);
  makeFolder(path);
  writeFileSync(at('kept', 'x', 'file'), '');
  removeEmptyFolders(path, topmost);
  expect([existsSync(at('kept', 'x', 'y')), existsSync(at('kept', 'x', 'file'))]).toEqual([false, true]);
});

it('ends with the error of the system where it cannot be made', () => {
  writeFileSync(at('file'), '');
  symlinkSync(at('nowhere', 'x'), at('dangling'));
  for (const path of [at('file'), at('file', 'x'), at('dangling'), at('dangling', 'x', 'y'), '/proc/none/x', '']) {
    expect(() => makeFolder(path), path).toThrow(/^E(EXIST|NOTDIR|NOENT)/);
  }
});
