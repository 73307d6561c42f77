import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { settleDay } from '../../../src/gateway/settlement/index.js';
import { type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { findPostgres, type PostgresCluster, startPostgres } from '../../support/start-postgres.js';
import { readDay, writeDay } from './day-of-charges.js';

const RIDES = Number(process.env.YONGTAP_BENCH_RIDES ?? 20_000);
const DAY = '2015-10-03';
const once = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 };

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const cluster: PostgresCluster | undefined = await startPostgresIfThere();
const databases: GatewayDatabase[] = [await openDatabase({ dataFolder: folder })];
if (cluster) databases.push(await openDatabase({ databaseUrl: await cluster.createDatabase() }));

async function startPostgresIfThere(): Promise<PostgresCluster | undefined> {
  try {
    findPostgres();
  } catch {
    return undefined;
  }
  return startPostgres();
}

const told: string[] = [];
afterAll(async () => {
  for (const database of databases) await database.close();
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
  console.log(told.join('\n'));
});

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** How long it takes, and the most memory that the process has meanwhile. */
async function measure(work: () => Promise<unknown>) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const [began, spent] = [performance.now(), process.cpuUsage()];
  await work();
  clearInterval(timer);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(spent);
  return {
    ms,
    cpuMs: (user + system) / 1000,
    memory: `${megabytes(before)} before, at most ${megabytes(Math.max(most, process.memoryUsage().rss))}`,
  };
}

for (const database of databases) {
  await writeDay(database, DAY, RIDES);
  let reading = { ms: 0, cpuMs: 0 };
  describe(`a day of ${RIDES} taps on ${database.kind}`, () => {
    bench(
      'one reading of its rows',
      async () => {
        const { ms, cpuMs, memory } = await measure(() => readDay(database, DAY));
        reading = { ms, cpuMs };
        told.push(`${database.kind}: reading ${Math.round(ms)} ms, ${Math.round(cpuMs)} of the processor (${memory})`);
      },
      once,
    );
    bench(
      'settled: lines, files and hashes, ledger, what each card owes',
      async () => {
        const clock = () => new Date('2015-10-06T12:00:00+08:00');
        const { ms, cpuMs, memory } = await measure(() => settleDay({ database, clock, serviceDay: DAY, by: 'bench' }));
        const readings = `${(ms / reading.ms).toFixed(2)} readings, ${(cpuMs / reading.cpuMs).toFixed(2)} by the processor time`;
        told.push(`${database.kind}: settling ${Math.round(ms)} ms, ${readings} (${memory})`);
      },
      once,
    );
  });
}
