import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/folders/make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'yongtap-folders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]) => join(folder, ...names);

it('makes those that it lies in, all of the mode, and is content with what is there', () => {
  for (const _ of ['made', 'there']) makeFolder(at('a', 'b', 'c'), 0o700);
  for (const made of [at('a'), at('a', 'b'), at('a', 'b', 'c')]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

it('ends with the error of the system where it cannot be made', () => {
  writeFileSync(at('file'), '');
  symlinkSync(at('nowhere', 'x'), at('dangling'));
  for (const path of [at('file'), at('file', 'x'), at('dangling'), at('dangling', 'x', 'y'), '/proc/none/x', '']) {
    expect(() => makeFolder(path), path).toThrow(/^E(EXIST|NOTDIR|NOENT)/);
  }
});
