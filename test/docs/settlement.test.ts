import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shell, temporaryFolder } from '../cli/support/yongtap.js';
import { openGateway } from '../gateway/http/gateway-under-test.js';

const page = readFileSync('docs/settlement.md', 'utf8');
const [, worked = ''] = /## A worked day\n(.*?)\n## /s.exec(page)!;
const blocks = [...worked.matchAll(/```sh\n(.*?)```\n(?:\n```(text|json)\n(.*?)```)?/gs)];
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** Lines in which `…` stands for what is another one each time. */
const asPattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[0-9a-f]+')}$`,
  );

/** Whether a block is nothing but commands of ours, one a line: these need no shell. */
const isPlain = (block: string): boolean =>
  block
    .trim()
    .split('\n')
    .every((line) => /^npx yongtap [^|><$]*$/.test(line));

it.runIf(hasCurl)('works a day whose every figure is what the program prints', async () => {
  const gateway = await openGateway();
  const cwd = temporaryFolder();
  symlinkSync(gateway.dataFolder, join(cwd, 'gateway-data'));
  expect(blocks.length).toBeGreaterThan(6);
  for (const [, told = '', kind, answer = ''] of blocks) {
    const commands = told.replaceAll('http://127.0.0.1:8051', gateway.url).replaceAll('"$KEY"', gateway.key);
    const lines = isPlain(commands) ? commands.trim().split('\n') : [`set -euo pipefail\n${commands}`];
    let printed = '';
    for (const line of lines) {
      const { code, stdout, stderr } = await shell(line, { cwd, env: { KEY: gateway.key } });
      expect({ code, stderr }, line).toEqual({ code: 0, stderr: '' });
      printed += stdout;
    }
    if (kind === 'text') expect(printed.trim(), told).toMatch(asPattern(answer.trim()));
    if (kind === 'json') expect(JSON.parse(printed), told).toMatchObject(JSON.parse(answer));
  }
});

it('names addresses that there are', async () => {
  const { document } = await openGateway();
  const known = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
  const named = [...page.matchAll(/(?<=[\s`1])\/v1\/[\w{}/-]+/g)].map(([path]) => path.replace(/\{\w+\}/g, '{}'));
  expect(named.length).toBeGreaterThan(12);
  expect(named.filter((path) => !known.includes(path))).toEqual([]);
});
