import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listKinds, listUpdateSchema } from '../../src/lists/index.js';
import { listRefusals } from '../../src/terminal/index.js';
import { type GatewayProcess, startGatewayProcess } from '../gateway/http/gateway-process.js';
import { blocksOf, paste } from './pasted-page.js';

const page = readFileSync('docs/lists.md', 'utf8');
const blocks = blocksOf(page);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const cwd = mkdtempSync(join(tmpdir(), 'yongtap-docs-'));
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess(join(cwd, 'gateway-data'));
});
afterAll(async () => {
  const ended = once(gateway.child, 'exit');
  gateway.child.kill();
  await ended;
  rmSync(cwd, { recursive: true, force: true });
});

it.runIf(hasCurl)(
  'shows lines that work as they are pasted, and what they answer',
  async () => {
    const printed = await paste(blocks, {
      cwd,
      env: { ...process.env, KEY: gateway.administratorKey, YONGTAP_STATE: join(cwd, 'state') },
      instead: { 'http://127.0.0.1:8051': gateway.url },
    });
    for (const [index, { answer }] of blocks.entries()) {
      if (answer) expect(JSON.parse(printed[index]!)).toMatchObject(JSON.parse(answer));
    }
  },
  120_000,
);

it('names every list, and codes of refusals that there are', () => {
  for (const kind of listKinds) expect(page).toContain(`| \`${kind}\` |`);
  const [, table = ''] = /goes on with what it has:\n(.*?)\n\n[A-Z]/s.exec(page)!;
  const named = [...table.matchAll(/`([a-z-]+-[a-z]+)`/g)].map(([, code]) => code!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((code) => !Object.hasOwn(listRefusals, code))).toEqual([]);
});

it('shows an update as the schema has it', () => {
  const [, update = ''] = /```json\n(\{\n {2}"header".*?)```/s.exec(page)!;
  const whole = update.replaceAll('…', '').replace('1b0f', '1b0f'.padEnd(64, '0'));
  expect(listUpdateSchema.safeParse(JSON.parse(whole)).error).toBeUndefined();
});
