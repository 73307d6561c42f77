import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { type DatabaseLocation, type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { buildProgram } from '../../support/build-program.js';
import { writeDay } from './day-of-charges.js';
import { postgresIfThere } from './postgres-if-there.js';
import { timeOfServer } from './server-time.js';
import type { WorkDone, WorkOrder } from './settle-alone.js';

/** `YONGTAP_BENCH_RIDES=1000000 npm run bench -- gateway/settle` for a whole city. */
const RIDES = Number(process.env.YONGTAP_BENCH_RIDES ?? 20_000);
const DAY = '2015-10-03';
const onlyOnce = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const program = await buildProgram('test/bench/gateway/settle-alone.ts');
const cluster = await postgresIfThere();
const locations: DatabaseLocation[] = [{ dataFolder: folder }];
if (cluster) locations.push({ databaseUrl: await cluster.createDatabase() });

interface Measured extends WorkDone {
  /** Of the database's server. */
  readonly serverMs: number;
}

const told: string[] = [];
const databases: GatewayDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.close();
  await cluster?.stop();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
  console.log(told.join('\n'));
});

/** In a process that does nothing else, so that its memory is that of the work. */
async function alone(order: WorkOrder, serverMs: () => number): Promise<Measured> {
  const before = serverMs();
  const child = fork(program.path);
  await once(child, 'message');
  child.send(order);
  const [done] = (await once(child, 'message')) as [WorkDone];
  await once(child, 'exit');
  return { ...done, serverMs: serverMs() - before };
}

const tell = (what: string, { ms, cpuMs, serverMs, memoryMb }: Measured): string =>
  `${what} ${Math.round(ms)} ms, of the processor ${Math.round(cpuMs)} and of a server ${Math.round(serverMs)}, ` +
  `at most ${Math.round(memoryMb)} MB`;

for (const location of locations) {
  const database = await openDatabase(location);
  databases.push(database);
  const { kind } = database;
  const serverMs = await timeOfServer(database);
  await writeDay(database, DAY, RIDES);
  let reading: Measured;
  describe(`a day of ${RIDES} charges on ${kind}`, () => {
    const work = (what: WorkOrder['work']) => alone({ work: what, location, serviceDay: DAY }, serverMs);
    bench(
      'one reading of its rows',
      async () => {
        reading = await work('read');
        told.push(tell(`${kind}: reading`, reading));
      },
      onlyOnce,
    );
    bench(
      'settled: lines, files and hashes, ledger, what each card owes',
      async () => {
        const settling = await work('settle');
        const ratio = (of: (each: Measured) => number) => (of(settling) / of(reading)).toFixed(2);
        told.push(tell(`${kind}: settling`, settling));
        told.push(
          `${kind}: ${ratio(({ ms }) => ms)} readings by the clock, ${ratio(({ cpuMs }) => cpuMs)} by the processor ` +
            `time of the gateway, ${ratio((each) => each.cpuMs + each.serverMs)} by that of gateway and server`,
        );
      },
      onlyOnce,
    );
  });
}
