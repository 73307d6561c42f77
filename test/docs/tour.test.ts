import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { startGatewayProcess } from '../gateway/http/gateway-process.js';

const page = readFileSync('docs/tour.md', 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```\n(?:\n```json\n(.*?)```)?/gs)]
  .map(([, commands = '', answer]) => ({ commands, answer }))
  .filter(({ commands }) => !/^(npx yongtap gateway --port|export KEY=)/.test(commands));

const command = fileURLToPath(new URL('../../bin/yongtap.js', import.meta.url));
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const BETWEEN = '\u001e';
const cwd = mkdtempSync(join(tmpdir(), 'yongtap-tour-'));
const gateway = await startGatewayProcess(join(cwd, 'gateway-data'));
afterAll(async () => {
  const ended = once(gateway.child, 'exit');
  gateway.child.kill();
  await ended;
  rmSync(cwd, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

it.runIf(hasCurl)('can be pasted block by block, and each answers as the page shows', async () => {
  const lines = blocks.map(({ commands }) => `${commands}printf '${BETWEEN}'\n`).join('');
  const npx = `npx() { shift; "${process.execPath}" "${command}" "$@"; }`;
  const script = `set -euo pipefail\n${npx}\n${lines}`
    .replaceAll('http://127.0.0.1:8051', gateway.url)
    .replaceAll('9000', String(await freePort()));
  const env = { ...process.env, KEY: gateway.administratorKey, YONGTAP_STATE: join(cwd, 'state') };
  const shell = spawn('bash', ['-c', script], { cwd, env });
  const [stdout, stderr, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
  const printed = stdout.split(BETWEEN);
  expect(blocks.filter(({ answer }) => answer).length).toBeGreaterThan(12);
  for (const [index, { answer, commands }] of blocks.entries()) {
    if (answer === undefined) continue;
    expect(valueIn(printed[index]!, answer), commands).toMatchObject(JSON.parse(answer));
  }
  expect(gateway.log()).toBe('');
});

/** One document, or one on each line. */
function valueIn(told: string, answer: string): unknown {
  if (!answer.startsWith('[')) return JSON.parse(told);
  return told
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
