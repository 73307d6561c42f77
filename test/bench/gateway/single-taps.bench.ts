import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { fillBooks } from './fill-books.js';
import { ridesOfDays } from './many-rides.js';
import type { Order, Started } from './serve.js';

const CONNECTIONS = 50;
const ROUNDS = { iterations: 4, time: 0, warmupIterations: 1, warmupTime: 0 };
const TAPS_A_ROUND = 400;
/** How many taps, and a tenth as many members, are in the books of the third server: see docs/benchmarks.md. */
const STORED = Number(process.env.YONGTAP_BENCH_TAPS ?? 0);

const taps = await ridesOfDays(200, ((ROUNDS.iterations + ROUNDS.warmupIterations) * TAPS_A_ROUND) / 200);
const bodies = taps.map((tap) => Buffer.from(JSON.stringify(tap)));
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');

/** A server in a process of its own, and what posting to it took. */
interface Served extends Started {
  readonly child: ChildProcess;
  readonly agent: Agent;
  readonly latenciesMs: number[];
  round: number;
  ms: number;
  cpuMs: number;
}

async function serve(start: Order['start'], stored = 0): Promise<Served> {
  const dataFolder = join(folder, `${start}-${stored}`);
  mkdirSync(dataFolder);
  if (stored > 0) await fillBooks(dataFolder, { taps: stored, members: Math.ceil(stored / 10) });
  const child = fork(program.path);
  await once(child, 'message');
  child.send({ start, location: { dataFolder } } satisfies Order);
  const [started] = (await once(child, 'message')) as [Started];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return { ...started, child, agent, latenciesMs: [], round: 0, ms: 0, cpuMs: 0 };
}

async function spentMs({ child }: Served): Promise<number> {
  child.send('spent');
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return (user + system) / 1000;
}

function post({ url, key, agent }: Served, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const outgoing = request(`${url}/v1/taps`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 201) resolve();
        else reject(new Error(`answered ${answer.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Each tap is new to the books: every round has taps of its own. */
async function postRound(served: Served): Promise<void> {
  const ofRound = bodies.slice(served.round * TAPS_A_ROUND, (served.round + 1) * TAPS_A_ROUND);
  const isWarm = served.round++ >= ROUNDS.warmupIterations;
  const [start, spent] = [performance.now(), await spentMs(served)];
  let next = 0;
  const connection = async () => {
    while (next < ofRound.length) {
      const body = ofRound[next++]!;
      const sentAt = performance.now();
      await post(served, body);
      if (isWarm) served.latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  if (!isWarm) return;
  served.ms += performance.now() - start;
  served.cpuMs += (await spentMs(served)) - spent;
}

const gateway = await serve('gateway');
const plain = await serve('plain');
const full = STORED > 0 ? await serve('gateway', STORED) : undefined;

afterAll(() => {
  compare('the gateway against the plain server', gateway, plain);
  if (full) compare(`with ${STORED} taps stored against itself`, full, gateway);
  for (const { child, agent } of [gateway, plain, ...(full ? [full] : [])]) {
    agent.destroy();
    child.kill('SIGKILL');
  }
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

function compare(title: string, one: Served, other: Served): void {
  const p99 = ({ latenciesMs }: Served) =>
    latenciesMs.toSorted((left, right) => left - right)[Math.floor(latenciesMs.length * 0.99)] ?? 0;
  const ratios = [other.ms / one.ms, other.cpuMs / one.cpuMs, p99(one) / p99(other)].map((ratio) => ratio.toFixed(2));
  console.log(`${title}: rate ${ratios[0]}, rate by its own processor time ${ratios[1]}, p99 ${ratios[2]} times`);
}

describe(`${TAPS_A_ROUND} taps over ${CONNECTIONS} connections`, () => {
  bench('the gateway', () => postRound(gateway), ROUNDS);
  bench('the same server that only parses and makes one durable insert', () => postRound(plain), ROUNDS);
  bench.skipIf(!full)(`the gateway with ${STORED} taps stored`, () => postRound(full!), ROUNDS);
});
