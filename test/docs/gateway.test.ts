import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfigFile } from '../../src/cli/gateway/config/read-config-file.js';
import { memberColumns } from '../../src/gateway/membership/csv-columns.js';
import { type GatewayProcess, startGatewayProcess } from '../gateway/http/gateway-process.js';
import { blocksOf, paste } from './pasted-page.js';

const page = readFileSync('docs/gateway.md', 'utf8');

/** What starts a gateway or stands for somebody's own key. */
const notHere = /^(npx yongtap gateway|export KEY=)/;

const blocks = blocksOf(page, notHere);
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

const valuesIn = (printed: string): unknown => {
  const lines = printed.trim().split('\n');
  return lines.length === 1 ? JSON.parse(lines[0]!) : lines.map((line) => JSON.parse(line));
};

it.runIf(hasCurl)('shows lines that work as they are pasted, and what they answer', async () => {
  const printed = await paste(blocks, {
    cwd,
    env: { ...process.env, KEY: gateway.administratorKey, YONGTAP_STATE: join(cwd, 'state') },
    instead: { 'http://127.0.0.1:8051': gateway.url },
  });
  expect(blocks.filter(({ answer }) => answer).length).toBeGreaterThan(4);
  for (const [index, { answer }] of blocks.entries()) {
    if (answer) expect(valuesIn(printed[index]!)).toMatchObject(JSON.parse(answer));
  }
  const exit = valuesIn(printed.find((each) => each.includes('"exit"'))!) as { receipt: { journey: object } }[];
  const [, receipt] = /## Receipts\n.*?```json\n(.*?)```/s.exec(page)!;
  expect(exit.at(-1)!.receipt.journey).toMatchObject(JSON.parse(receipt!));
});

it('tells each column of a member file', () => {
  expect(memberColumns.filter((column) => !page.includes(`\`${column}\``))).toEqual([]);
});

it('names addresses that there are', async () => {
  const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as { readonly paths: object };
  const known = Object.keys(document.paths);
  const named = [...page.matchAll(/(?<=[\s`1])\/(?:v1\/[\w{}/.-]+|docs|openapi\.json|healthz|readyz|metrics)/g)];
  const wrong = named
    .map(([path]) => path.replace(/\d{4}-\d\d-\d\d/, '{date}'))
    .filter((path) => !known.includes(path));
  expect(named.length).toBeGreaterThan(15);
  expect(wrong).toEqual([]);
});

it('shows options that a configuration file may have', async () => {
  const [, yaml] = /```yaml\n(.*?)```/s.exec(page)!;
  const file = join(cwd, 'gateway.yaml');
  writeFileSync(file, yaml!);
  const { values, errors } = await readConfigFile(file);
  expect(errors).toEqual([]);
  expect([...values.keys()].sort()).toEqual(Object.keys(parse(yaml!)).sort());
  expect(values.get('data')!.value).toBe(join(cwd, 'gateway-data'));
});
