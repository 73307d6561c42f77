import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';
import { compare, inTurn, ROUNDS_COUNTED, tapsOfRounds } from './rounds.js';
import { postBatch, postSingly, serve, stop } from './served.js';

/** How many taps, and a tenth as many members, are in the books of the second server: see docs/benchmarks.md. */
const STORED = Number(process.env.YONGTAP_BENCH_TAPS ?? 0);

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(STORED === 0)(`taps over ${STORED} stored`, () => {
  bench(
    'the gateway in turn with itself over empty books',
    once(async () => {
      const taps = await tapsOfRounds(ROUNDS_COUNTED);
      const servers = [
        await serve(program.path, 'gateway', folder),
        await serve(program.path, 'gateway', folder, { stored: STORED }),
      ];
      const [empty, full] = await inTurn(servers, taps, postSingly);
      console.log(compare(`single taps with ${STORED} stored against itself`, full!, empty!));
      const behind = (round: number) => taps(round + ROUNDS_COUNTED);
      const [emptyOfBatches, fullOfBatches] = await inTurn(servers, behind, postBatch);
      console.log(compare(`batches with ${STORED} stored against itself`, fullOfBatches!, emptyOfBatches!));
      for (const served of servers) stop(served);
    }),
    once.options,
  );
});
