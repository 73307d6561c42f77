import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { extensionSchema } from '../../src/terminal/small-payment/extension-schema.js';
import { shell, temporaryFolder } from '../cli/support/yongtap.js';

const page = readFileSync('docs/small-payments.md', 'utf8');

test('the commands that the page shows print what it says, one after the other', async () => {
  const cwd = temporaryFolder();
  const [, block] = /```sh\n(.*?)\n```/s.exec(page)!;
  const commands = block!.split('\n').map((line) => line.split(/ +# /) as [string, string]);
  expect(commands).toHaveLength(5);
  for (const [command, told] of commands) {
    const { code, stdout, stderr } = await shell(command, { cwd });
    const refused = /^journey-/.test(told);
    expect({ code, stderr }, command).toEqual({ code: refused ? 1 : 0, stderr: '' });
    for (const part of told.split(', '))
      expect(stdout, command).toMatch(new RegExp(`(?<![\\d.-])${part.replaceAll('.', '\\.')}`));
  }
}, 60_000);

test('the page explains each field of an extension', () => {
  expect(Object.keys(extensionSchema.shape).filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
});
