import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { odaRefusals } from '../../emv/index.js';
import { shell, temporaryFolder } from '../cli/support/yongtap.js';

const page = readFileSync('docs/authentication.md', 'utf8');
const cwd = temporaryFolder();

const lines = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.trim().split('\n'));

test('every command of the page runs, and answers as the page says', async () => {
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) {
    const [command = '', remark = ''] = line.split(/ +# /);
    const { code, stdout, stderr } = await shell(command, { cwd });
    const expected = /^exit (\d)/.exec(remark)?.[1] ?? '0';
    expect({ line, code, stderr }).toEqual({ line, code: Number(expected), stderr: '' });
    if (code === 1) expect(stdout, line).toContain('✗');
  }
}, 120_000);

test('the codes that the page names exist', () => {
  const [, table = ''] = /\| what you see \|.*?\n((?:\|.*\n)+)/.exec(page)!;
  const codes = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(
    ([, cell]) => cell!.match(/(?<=`)[a-z-]{8,}(?=`)/g) ?? [],
  );
  expect(codes.length).toBeGreaterThan(4);
  for (const code of codes.filter((one) => !one.startsWith('-'))) expect(Object.keys(odaRefusals)).toContain(code);
});
