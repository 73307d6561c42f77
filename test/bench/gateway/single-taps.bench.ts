import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';
import { postgresIfThere } from './postgres-if-there.js';
import { compare, inTurn, tapsOfRounds } from './rounds.js';
import { CONNECTIONS, postSingly, serve, stop } from './served.js';

/** How many taps, and a tenth as many members, are in the books of a third server: see docs/benchmarks.md. */
const STORED = Number(process.env.YONGTAP_BENCH_TAPS ?? 0);

const taps = await tapsOfRounds();
const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/serve.ts');
const cluster = await postgresIfThere();
afterAll(async () => {
  await cluster?.stop();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe(`taps over ${CONNECTIONS} connections`, () => {
  bench(
    'the gateway in turn with the same server that only parses and makes one durable insert',
    once(async () => {
      const servers = [await serve(program.path, 'gateway', folder), await serve(program.path, 'plain', folder)];
      if (STORED > 0) servers.push(await serve(program.path, 'gateway', folder, { stored: STORED }));
      else if (cluster) {
        const databaseUrl = await cluster.createDatabase();
        servers.push(await serve(program.path, 'gateway', folder, { databaseUrl }));
      }
      const [gateway, plain, other] = await inTurn(servers, taps, postSingly);
      console.log(compare('the gateway against the plain server', gateway!, plain!));
      const what =
        STORED > 0 ? `with ${STORED} taps stored against itself` : 'on PostgreSQL against the embedded database';
      if (other) console.log(compare(what, other, gateway!));
      for (const served of servers) stop(served);
    }),
    once.options,
  );
});
