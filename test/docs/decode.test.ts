import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { decodeCommand } from '../../src/cli/commands/decode.js';
import { logFormats } from '../../src/cli/decode/logs/index.js';
import { shell, temporaryFolder } from '../cli/support/yongtap.js';

const page = readFileSync('docs/decode.md', 'utf8');
const cwd = temporaryFolder();
const samples = join(process.cwd(), 'test', 'cli', 'decode', 'logs');

beforeAll(() => {
  symlinkSync(join(process.cwd(), 'test-vectors'), join(cwd, 'test-vectors'));
  for (const name of readdirSync(samples)) symlinkSync(join(samples, name), join(cwd, name));
});

/** Each command of the page, with the lines that it shows of the output. */
const shown = [...page.matchAll(/```sh\n(.*?)\n```(?:\n```text\n(.*?)```)?/gs)].map(
  ([, command, output = '']) => [command!, output.split('\n').filter(Boolean)] as const,
);

test('the page shows ten everyday inputs', () => {
  expect(shown.length).toBeGreaterThanOrEqual(10);
});

test.each(shown)('%s', async (command, lines) => {
  const { code, stdout, stderr } = await shell(command, { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = stdout.split('\n');
  expect(lines.filter((line) => !told.includes(line))).toEqual([]);
});

test('the error that the page shows is the one that is told', async () => {
  const [, told] = /```text\n(error .*?)\n```/s.exec(page)!;
  const { code, stderr } = await shell(
    "printf '> 00 A4 04 00 0G 07\\n< 9000\\n> 00B2011400\\n< 6A83\\n' | yongtap decode",
    { cwd },
  );
  expect(code).toBe(2);
  expect(stderr).toContain(told);
});

test('the page has every format and every option', () => {
  for (const { name } of logFormats) expect(page).toContain(`| \`${name}\` |`);
  for (const { long } of decodeCommand().options) expect(page).toContain(`\`${long}`);
});
