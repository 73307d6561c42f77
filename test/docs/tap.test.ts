import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedCommands } from '../../src/cli/apdu/script/named-commands.js';
import { timingMethods } from '../../src/cli/tap/timing/timed-exchange.js';
import words from '../../src/cli/tap/timing/words.json';
import { temporaryFolder, yongtap } from '../cli/support/yongtap.js';

const page = readFileSync('docs/tap.md', 'utf8');

test('the script on the page runs, and every expectation of it is met', async () => {
  const cwd = temporaryFolder();
  const [, script = ''] = /```apdu\n(.*?)```/s.exec(page)!;
  writeFileSync(join(cwd, 'check.apdu'), script);
  const { code, stdout } = await yongtap(['apdu', '--script', 'check.apdu', '--card', 'service-card-51', '--json'], {
    cwd,
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ passed: script.match(/^expect/gm)!.length, failed: 0 });
});

test('the page has every command by its name, and every way to tell card and reader apart', () => {
  for (const name of Object.keys(namedCommands)) expect(page).toContain(`\`${name}`);
  for (const method of timingMethods) expect(page).toContain(`| \`${method}\` |`);
});

test('the parts of the time are called as the table calls them', () => {
  const { card, decision, field, holder, kept, reader, terminal } = words.en;
  for (const part of [card, reader, terminal, field, decision, kept, holder]) expect(page).toContain(`\n| ${part} | `);
});
