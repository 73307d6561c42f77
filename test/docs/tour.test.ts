import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startGatewayProcess } from '../gateway/http/gateway-process.js';
import { blocksOf, paste } from './pasted-page.js';

const page = readFileSync('docs/tour.md', 'utf8');
const blocks = blocksOf(page, /^(npx yongtap gateway --port|export KEY=)/);

const hasCurl = spawnSync('curl', ['--version']).status === 0;
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
  const printed = await paste(blocks, {
    cwd,
    env: { ...process.env, KEY: gateway.administratorKey, YONGTAP_STATE: join(cwd, 'state') },
    instead: { 'http://127.0.0.1:8051': gateway.url, '9000': String(await freePort()) },
  });
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
