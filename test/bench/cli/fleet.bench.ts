import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import type { RiddenAndSigned } from './ride-and-sign.js';

const program = await buildProgram('test/bench/cli/ride-and-sign.ts');

const workers = Array.from({ length: availableParallelism() }, () => new Worker(program.path));
let rider = 0;
const nothing: RiddenAndSigned = { taps: 0, tappingMs: 0, signingMs: 0, shortSigningMs: 0 };
let all = nothing;

async function rideOne(worker: Worker): Promise<void> {
  worker.postMessage(rider++);
  const [{ taps, tappingMs, signingMs, shortSigningMs }] = (await once(worker, 'message')) as [RiddenAndSigned];
  all = {
    taps: all.taps + taps,
    tappingMs: all.tappingMs + tappingMs,
    signingMs: all.signingMs + signingMs,
    shortSigningMs: all.shortSigningMs + shortSigningMs,
  };
}

const WARM_UP = 60;
const rounds = { iterations: 120, time: 0, warmupIterations: WARM_UP, warmupTime: 0 };
let ridden = 0;

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.terminate()));
  program.remove();
  const perSecond = (milliseconds: number) => Math.round((all.taps / milliseconds) * 1000 * workers.length);
  const ratio = (all.signingMs / all.tappingMs).toFixed(2);
  const shortRatio = (all.shortSigningMs / all.tappingMs).toFixed(2);
  console.log(
    `on ${workers.length} threads: ${perSecond(all.tappingMs)} taps/s, ${perSecond(all.signingMs)} raw signatures/s: ${ratio} (${shortRatio} of the shortest keys’)`,
  );
});

describe(`the fleet against the raw RSA signatures of ${workers.length} threads`, () => {
  bench(
    'a rider’s 40 taps, then 40 raw signatures, on each thread',
    async () => {
      await Promise.all(workers.map(rideOne));
      if (++ridden === WARM_UP) all = nothing;
    },
    rounds,
  );
});
