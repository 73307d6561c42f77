import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, bench, describe } from 'vitest';
import { startGatewayProcess } from '../../gateway/http/gateway-process.js';
import { writeMemberFile } from '../gateway/write-member-file.js';

/** `MEMBERS=200000 npx vitest bench --run --dir test/bench list-at-size` for a big register. */
const MEMBERS = Number(process.env.MEMBERS ?? 2000);
/** One that asks for the certification alone, and one for which each identity number is opened. */
const LISTS = ['mutual-aid', 'womens-health'] as const;

const folder = mkdtempSync(join(tmpdir(), 'yongtap-lists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Memory of a process in MiB, now or at its highest. */
const memoryOf = (pid: number, which: 'VmHWM' | 'VmRSS'): number =>
  Math.round(
    Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  );

async function makeLists(): Promise<void> {
  const file = join(folder, 'members.csv');
  const dataFolder = join(folder, 'books');
  await writeMemberFile(file, MEMBERS);
  const load = ['bin/yongtap.js', 'members', 'import', file, '--data', dataFolder, '--json'];
  await promisify(execFile)(process.execPath, load);
  const gateway = await startGatewayProcess(dataFolder);
  const { url, child, administratorKey = '' } = gateway;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/v1/benefit-lists/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${administratorKey}`, 'content-type': 'application/json' },
    });
  const day = '2016-06-30';
  for (const list of LISTS) {
    const before = memoryOf(child.pid!, 'VmRSS');
    const began = performance.now();
    const begun = await ask(`${list}/versions`, { method: 'POST', body: JSON.stringify({ day }) });
    if (!begun.ok) throw new Error(await begun.text());
    let version: { publishedAt?: string; header?: { entries?: number } } = {};
    while (version.publishedAt === undefined) {
      await setTimeout(250);
      version = (await (await ask(`${list}/versions/1`)).json()) as typeof version;
    }
    const seconds = (performance.now() - began) / 1000;
    const downloading = performance.now();
    let bytes = 0;
    for await (const chunk of (await ask(`${list}/versions/1/file?format=csv`)).body!) bytes += chunk.length;
    console.log(
      `${list}: ${MEMBERS} members in ${seconds.toFixed(1)} s, ${Math.round(MEMBERS / seconds)}/s; the file, ` +
        `${Math.round(bytes / 1024)} KiB, in ${((performance.now() - downloading) / 1000).toFixed(1)} s; memory ` +
        `${before} MiB before, ${memoryOf(child.pid!, 'VmHWM')} MiB at most`,
    );
  }
  child.kill('SIGTERM');
  await once(child, 'close');
}

describe(`lists of a register of ${MEMBERS} members`, () => {
  bench('made by the gateway', makeLists, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 });
});
