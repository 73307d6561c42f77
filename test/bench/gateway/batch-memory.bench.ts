import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { ridesOfDays } from './many-rides.js';
import type { Started } from './serve.js';

/** The first quarter of the batch warms the process up; what it takes then is held against what it takes at the end. */
const LINES = 40_000;
const QUARTER = LINES / 4;

const tap = JSON.stringify((await ridesOfDays(1, 1))[0]);
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');
const child = fork(program.path);
await once(child, 'message');
child.send({ start: 'gateway', location: { dataFolder: folder } });
const [{ url, key }] = (await once(child, 'message')) as [Started];

async function memoryMiB(): Promise<number> {
  child.send('memory');
  const [bytes] = (await once(child, 'message')) as [number];
  return bytes / 2 ** 20;
}

afterAll(() => {
  child.kill('SIGKILL');
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Posts the same tap over and over as one batch, reading the answers while it writes. */
async function postBatch(): Promise<void> {
  let written = 0;
  let answered = 0;
  const measured: number[] = [];
  const lines = function* () {
    for (; written < LINES; written += 500) yield `${tap}\n`.repeat(500);
  };
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(`${url}/v1/taps/batches`, { method: 'POST', headers }, async (answer) => {
      for await (const chunk of answer) {
        const before = answered;
        answered += (chunk as Buffer).reduce((sum, byte) => sum + (byte === 0x0a ? 1 : 0), 0);
        if (Math.floor(answered / QUARTER) > Math.floor(before / QUARTER)) measured.push(await memoryMiB());
      }
      resolve();
    });
    outgoing.on('error', reject);
    Readable.from(lines()).pipe(outgoing);
  });
  if (answered !== LINES) throw new Error(`${answered} answers to ${LINES} lines`);
  console.log(
    `resident after each quarter of ${LINES} lines: ${measured.map((mib) => `${Math.round(mib)} MiB`).join(', ')}`,
  );
}

describe('the memory of a long batch', () => {
  bench(`${LINES} lines, read and answered`, postBatch, { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 });
});
