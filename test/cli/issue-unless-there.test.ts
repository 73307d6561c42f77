import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockCardFile } from '../../simulator/card/durable/lock-card-file.js';
import { createCardFile, createTestPki, issueCard, loadProfile } from '../../simulator/index.js';
import { issueUnlessThere } from '../../src/cli/card/issue-unless-there.js';
import { temporaryFolder } from './support/yongtap.js';

const cwd = temporaryFolder();
const issue = (balanceFen: number) => issueCard(loadProfile('empty-purse'), createTestPki(), { balanceFen });

test('of two processes that need a card for the first time one issues it, and the other takes that one', () => {
  const path = join(cwd, 'raced.json');
  const later: typeof createCardFile = (...card) => {
    createCardFile(path, issue(700));
    createCardFile(...card);
  };
  expect(issueUnlessThere(path, issue(0), later)).toBe(false);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(issue(700))));
});

test('while another process writes it, the card is waited for; if that one fails, it is issued here', () => {
  const path = join(cwd, 'awaited.json');
  const other = lockCardFile(path);
  let tries = 0;
  const create: typeof createCardFile = (...card) => {
    if (++tries === 3) other.release();
    createCardFile(...card);
  };
  expect(issueUnlessThere(path, issue(0), create)).toBe(true);
  expect(tries).toBe(3);
});
