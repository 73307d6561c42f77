import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { ridesOfDays } from './many-rides.js';
import type { Order, Started } from './serve.js';

const ROUNDS = { iterations: 4, time: 0, warmupIterations: 1, warmupTime: 0 };
const TAPS_A_ROUND = 1000;

const taps = await ridesOfDays(200, ((ROUNDS.iterations + ROUNDS.warmupIterations) * TAPS_A_ROUND) / 200);
const lines = taps.map((tap) => JSON.stringify(tap));
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');

/** A server in a process of its own, and what the batches after the first took. */
interface Served extends Started {
  readonly child: ChildProcess;
  round: number;
  ms: number;
  cpuMs: number;
}

async function serve(start: Order['start']): Promise<Served> {
  const dataFolder = join(folder, start);
  mkdirSync(dataFolder);
  const child = fork(program.path);
  await once(child, 'message');
  child.send({ start, location: { dataFolder } } satisfies Order);
  const [started] = (await once(child, 'message')) as [Started];
  return { ...started, child, round: 0, ms: 0, cpuMs: 0 };
}

async function spentMs({ child }: Served): Promise<number> {
  child.send('spent');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}

/** Each tap is new to the books: every round has taps of its own, and there are none for a round more. */
async function postRound(served: Served): Promise<void> {
  const ofRound = lines.slice(served.round * TAPS_A_ROUND, (served.round + 1) * TAPS_A_ROUND);
  if (ofRound.length === 0) return;
  const isWarm = served.round++ >= ROUNDS.warmupIterations;
  const [start, spent] = [performance.now(), await spentMs(served)];
  const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/x-ndjson' };
  const answer = await fetch(`${served.url}/v1/taps/batches`, { method: 'POST', headers, body: ofRound.join('\n') });
  const answered = (await answer.text()).split('"status":201').length - 1;
  if (answered !== TAPS_A_ROUND) throw new Error(`${answered} of ${TAPS_A_ROUND} taken`);
  if (!isWarm) return;
  served.ms += performance.now() - start;
  served.cpuMs += (await spentMs(served)) - spent;
}

const gateway = await serve('gateway');
const plain = await serve('plain');

afterAll(() => {
  const ratios = [plain.ms / gateway.ms, plain.cpuMs / gateway.cpuMs].map((ratio) => ratio.toFixed(2));
  console.log(`the gateway against the plain server: rate ${ratios[0]}, rate by its own processor time ${ratios[1]}`);
  for (const { child } of [gateway, plain]) child.kill('SIGKILL');
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe(`${TAPS_A_ROUND} taps as one batch`, () => {
  bench('the gateway', () => postRound(gateway), ROUNDS);
  bench('the same server that only verifies and inserts, 200 together', () => postRound(plain), ROUNDS);
});
