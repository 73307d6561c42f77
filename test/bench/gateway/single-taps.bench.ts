import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';
import { postgresIfThere } from './postgres-if-there.js';
import { compare, inTurn, tapsOfRounds } from './rounds.js';
import { CONNECTIONS, postSingly, serve, stop } from './served.js';

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
      if (cluster)
        servers.push(await serve(program.path, 'gateway', folder, { databaseUrl: await cluster.createDatabase() }));
      const [gateway, plain, onPostgres] = await inTurn(servers, taps, postSingly);
      console.log(compare('the gateway against the plain server', gateway!, plain!));
      if (onPostgres) console.log(compare('on PostgreSQL against the embedded database', onPostgres, gateway!));
      for (const served of servers) stop(served);
    }),
    once.options,
  );
});
