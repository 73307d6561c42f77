import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allScopes } from '../../src/gateway/http/scopes.js';
import { hasProgram } from '../cli/support/has-program.js';
import { bin, temporaryFolder } from '../cli/support/yongtap.js';
import { type GatewayProcess, startGatewayProcess } from '../gateway/http/gateway-process.js';

const page = readFileSync('docs/security.md', 'utf8');
const cwd = temporaryFolder();
const BETWEEN = '\u001e';
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess(join(cwd, 'gateway-data'));
});
afterAll(async () => {
  const ended = once(gateway.child, 'exit');
  gateway.child.kill();
  await ended;
});

const blocks = [...page.matchAll(/```sh\n(.*?)```\n(?:\n```json\n(.*?)```)?/gs)]
  .map(([, commands = '', answer]) => ({ commands, answer }))
  .filter(({ commands }) => !commands.startsWith('npx yongtap gateway --host'));

it.runIf(hasProgram('curl') && hasProgram('openssl'))('shows lines that work as they are pasted', async () => {
  const npx = `npx() { shift; "${process.execPath}" "${bin}" "$@"; }`;
  const lines = blocks.map(({ commands }) => `${commands}printf '${BETWEEN}'\n`).join('');
  const script = `set -euo pipefail\n${npx}\n${lines.replaceAll('http://127.0.0.1:8051', gateway.url)}`;
  const env = { ...process.env, KEY: gateway.administratorKey };
  const shell = spawn('bash', ['-c', script], { cwd, env });
  const [stdout, stderr, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  const printed = stdout.split(BETWEEN);
  for (const [index, { answer }] of blocks.entries()) {
    if (answer) expect(JSON.parse(printed[index]!)).toMatchObject(JSON.parse(answer));
  }
  expect(stdout).toMatch(/whole \d+ records/);
  expect(stdout).toMatch(/dk_2 seals what is new/);
});

it('tells every scope', () => {
  expect(allScopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
});
