import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { metroRide } from '../intake/intake-fixture.js';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.js';

const [entry] = await metroRide();
const folders: string[] = [];
const processes: GatewayProcess[] = [];
afterAll(() => {
  for (const { child } of processes) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'yongtap-faults-')));
  return folders.at(-1)!;
};

async function start(folder: string): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess(folder);
  processes.push(gateway);
  return gateway;
}

const nth = (sequence: number) => ({ ...entry, terminal: 'many', sequence });
const ndjson = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${JSON.stringify(nth(from + index))}\n`).join('');
const linesOf = async (answer: Response) =>
  (await answer.text())
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { index: number; status: number; code?: string; id?: string });

it('a killed gateway has kept all that it answered', async () => {
  const folder = newFolder();
  const first = await start(folder);
  const key = first.administratorKey!;
  const answered: { index: number; status: number; id?: string }[] = [];
  const response = await first.post('/v1/taps/batches', key, 'application/x-ndjson', ndjson(1, 2001));
  let rest = '';
  const reading = (async () => {
    for await (const chunk of response.body!) {
      const lines = (rest + Buffer.from(chunk as Uint8Array).toString()).split('\n');
      rest = lines.pop()!;
      answered.push(...lines.map((line) => JSON.parse(line)));
      if (answered.length >= 300) first.child.kill('SIGKILL');
    }
  })();
  await Promise.all([once(first.child, 'exit'), reading.catch(() => {})]);
  expect(answered.length).toBeGreaterThanOrEqual(300);
  const second = await start(folder);
  expect(second.administratorKey).toBeUndefined();
  const again = await linesOf(
    await second.post('/v1/taps/batches', key, 'application/x-ndjson', ndjson(1, answered.length + 1)),
  );
  for (const [index, { id, status }] of answered.entries()) {
    expect(again[index]).toMatchObject({ id, status: status === 201 ? 200 : status });
  }
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});

const hasLimits = process.platform === 'linux' && existsSync('/usr/bin/prlimit');

it.runIf(hasLimits)(
  'a file that cannot grow any more is said so, nothing is half done, and it goes on with room',
  async () => {
    const folder = newFolder();
    const gateway = await start(folder);
    const key = gateway.administratorKey!;
    const limit = (bytes: number | 'unlimited') =>
      execFileSync('prlimit', ['--pid', String(gateway.child.pid), `--fsize=${bytes}:unlimited`]);
    const largest = Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).size));
    limit(largest + 200_000);
    const before = await linesOf(await gateway.post('/v1/taps/batches', key, 'application/x-ndjson', ndjson(1, 2001)));
    const failed = before.filter(({ status }) => status >= 500);
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['database-unreachable']));
    limit(1);
    const single = await gateway.post('/v1/taps', key, 'application/json', JSON.stringify(nth(5000)));
    expect(single.status).toBe(503);
    expect(single.headers.get('retry-after')).toBe('5');
    limit('unlimited');
    const after = await linesOf(await gateway.post('/v1/taps/batches', key, 'application/x-ndjson', ndjson(1, 2001)));
    for (const [index, { status, id }] of before.entries()) {
      if (status < 500) expect(after[index]).toMatchObject({ id, status: status === 201 ? 200 : status });
      else expect(after[index]!.status).toBeLessThan(500);
    }
    const last = await gateway.post('/v1/taps', key, 'application/json', JSON.stringify(nth(5000)));
    expect(last.status).toBe(422);
  },
);
