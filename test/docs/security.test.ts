import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allScopes } from '../../src/gateway/http/scopes.js';
import { hasProgram } from '../cli/support/has-program.js';
import { temporaryFolder } from '../cli/support/yongtap.js';
import { type GatewayProcess, startGatewayProcess } from '../gateway/http/gateway-process.js';
import { blocksOf, paste } from './pasted-page.js';

const page = readFileSync('docs/security.md', 'utf8');
const people = readFileSync('docs/people.md', 'utf8');
const cwd = temporaryFolder();
let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess(join(cwd, 'gateway-data'));
});
afterAll(async () => {
  const ended = once(gateway.child, 'exit');
  gateway.child.kill();
  await ended;
});

const blocks = blocksOf(page, /^npx yongtap gateway --host/);

it.runIf(hasProgram('curl') && hasProgram('openssl'))('shows lines that work as they are pasted', async () => {
  const printed = await paste(blocks, {
    cwd,
    env: { ...process.env, KEY: gateway.administratorKey },
    instead: { 'http://127.0.0.1:8051': gateway.url },
  });
  const stdout = printed.join('');
  for (const [index, { answer }] of blocks.entries()) {
    if (answer) expect(JSON.parse(printed[index]!)).toMatchObject(JSON.parse(answer));
  }
  expect(stdout).toMatch(/whole \d+ records/);
  expect(stdout).toMatch(/dk_2 seals what is new/);
});

it.runIf(hasProgram('curl'))('shows how people log in, in lines that work as they are pasted', async () => {
  const blocks = blocksOf(people);
  const printed = await paste(blocks, {
    cwd,
    env: { ...process.env, KEY: gateway.administratorKey },
    instead: { 'http://127.0.0.1:8051': gateway.url },
  });
  for (const [index, { answer }] of blocks.entries()) {
    if (answer) expect(JSON.parse(printed[index]!)).toMatchObject(JSON.parse(answer));
  }
  expect(printed[0]).toMatch(/chen\.jie .*auditor .*everything, invited/);
  expect(printed.at(-1)).toMatch(/^otpauth:\/\/totp\/Yongtap:chen\.jie\?secret=[A-Z2-7]{32}&/);
});

it('tells every scope', () => {
  expect(allScopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
});
