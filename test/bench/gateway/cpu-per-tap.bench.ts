import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { ridesOfDays } from './many-rides.js';
import { CONNECTIONS, post, type Served, serve, spentMs, stop } from './served.js';

/** Rounds in turn, so that both servers have the same neighbours on the machine; the first ones only warm them up. */
const ROUNDS = { warm: 2, counted: 4, profiled: 2 } as const;
const TAPS_A_ROUND = Number(process.env.YONGTAP_BENCH_ROUND ?? 500);
const onlyOnce = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };

const roundsOfAll = ROUNDS.warm + ROUNDS.counted + ROUNDS.profiled;
const taps = await ridesOfDays(400, Math.ceil((roundsOfAll * TAPS_A_ROUND) / 400));
const bodies = taps.map((tap) => Buffer.from(JSON.stringify(tap)));
const program = await buildProgram('test/bench/gateway/serve.ts');
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const told: string[] = [];

afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
  console.log(told.join('\n'));
});

type Post = (served: Served, ofRound: readonly Buffer[]) => Promise<void>;

const singly: Post = async (served, ofRound) => {
  let next = 0;
  const connection = async () => {
    while (next < ofRound.length) await post(served, '/v1/taps', 'application/json', ofRound[next++]!);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
};

const asBatch: Post = async (served, ofRound) => {
  const body = Buffer.from(ofRound.join('\n'));
  await post(served, '/v1/taps/batches', 'application/x-ndjson', body);
};

const round = (index: number) => bodies.slice(index * TAPS_A_ROUND, (index + 1) * TAPS_A_ROUND);

const done = new Set<string>();

/** Microseconds of processor time a tap; then where they go, by a profile of further rounds. */
async function compare(title: string, postAll: Post): Promise<void> {
  // The runner asks more than once for what is measured here but once.
  if (done.has(title)) return;
  done.add(title);
  const own = mkdtempSync(join(folder, 'books-'));
  const servers = [await serve(program.path, 'gateway', own), await serve(program.path, 'plain', own)];
  const spent = servers.map(() => 0);
  for (let index = 0; index < ROUNDS.warm + ROUNDS.counted; index++) {
    for (const [which, served] of servers.entries()) {
      const before = await spentMs(served);
      await postAll(served, round(index));
      if (index >= ROUNDS.warm) spent[which]! += (await spentMs(served)) - before;
    }
  }
  const [gateway, plain] = spent.map((ms) => (ms * 1000) / (ROUNDS.counted * TAPS_A_ROUND));
  const ratio = (plain! / gateway!).toFixed(2);
  told.push(`${title}: ${gateway!.toFixed(0)} µs a tap, the plain server ${plain!.toFixed(0)}: ${ratio}`);
  told.push(...(await layersOf(servers[0]!, postAll)));
  for (const served of servers) stop(served);
}

async function layersOf(served: Served, postAll: Post): Promise<string[]> {
  served.child.send('profile');
  await once(served.child, 'message');
  for (let index = roundsOfAll - ROUNDS.profiled; index < roundsOfAll; index++) await postAll(served, round(index));
  served.child.send('profiled');
  const [layers] = (await once(served.child, 'message')) as [[string, number][]];
  const sum = layers.reduce((total, [, ms]) => total + ms, 0);
  return layers.map(([layer, ms]) => `  ${((ms / sum) * 100).toFixed(1).padStart(5)} % ${layer}`);
}

describe('processor time a tap, and where it goes', () => {
  bench('one by one', () => compare('one by one', singly), onlyOnce);
  bench('as batches', () => compare('as batches', asBatch), onlyOnce);
});
