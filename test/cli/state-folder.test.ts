import { expect, it } from 'vitest';
import { folderName } from '../../src/cli/state/state-folder.js';

it('makes a folder’s name of every name, readable where it has room, and never the same of two', () => {
  const longest = '宁'.repeat(28);
  const names = ['bus-1', '.', '..', 'a/b', 'a%2Fb', 'a=b', longest, '宁'.repeat(29), `${'宁'.repeat(29)}波`];
  const folders = names.map(folderName);
  expect(folders.slice(0, 7)).toEqual([
    'bus-1',
    '%2E',
    '%2E%2E',
    'a%2Fb',
    'a%252Fb',
    'a%3Db',
    encodeURIComponent(longest),
  ]);
  expect(new Set(folders).size).toBe(names.length);
  for (const folder of folders) expect(folder).toMatch(/^[^/]{1,255}$/);
});
