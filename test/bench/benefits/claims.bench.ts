import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { buildProgram } from '../../support/build-program.js';
import { startPostgres } from '../../support/start-postgres.js';
import type { ClaimsOrder, ClaimsServer } from './serve-claims.js';

const CONNECTIONS = 64;
const CLAIMS = Number(process.env.YONGTAP_BENCH_CLAIMS ?? 4000);
const QUOTA = 300;
const ROUNDS = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };
const GATEWAYS = [1, 2, 4];

const members = Array.from({ length: CLAIMS }, (_, index) => `r${String(index).padStart(6, '0')}`);
const folder = mkdtempSync(join(tmpdir(), 'yongtap-claims-'));
const program = await buildProgram('test/bench/benefits/serve-claims.ts');
const postgres = await startPostgres();

/** Some gateways on the same books, or the one server without books, and what claiming from them took. */
interface Setting {
  readonly name: string;
  readonly servers: readonly ClaimsServer[];
  readonly children: readonly ChildProcess[];
  readonly agents: readonly Agent[];
  readonly database: GatewayDatabase | undefined;
  readonly latenciesMs: number[];
  round: number;
  ms: number;
}

async function start(order: ClaimsOrder): Promise<{ child: ChildProcess; server: ClaimsServer }> {
  const child = fork(program.path);
  await once(child, 'message');
  child.send(order);
  const [server] = (await once(child, 'message')) as [ClaimsServer];
  return { child, server };
}

async function open(name: string, wanted: Pick<ClaimsOrder, 'start'> & { count: number; databaseUrl?: string }) {
  const dataFolder = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(dataFolder);
  const { count, databaseUrl, start: what } = wanted;
  const order = { start: what, dataFolder, databaseUrl };
  const first = await start(order);
  const others = await Promise.all(Array.from({ length: count - 1 }, () => start(order)));
  const started = [first, ...others];
  const location = databaseUrl === undefined ? { dataFolder } : { databaseUrl };
  const database = what === 'gateway' ? await openDatabase(location) : undefined;
  if (database) await recordMembers(database);
  const setting: Setting = {
    name,
    servers: started.map(({ server }) => ({ ...server, key: first.server.key })),
    children: started.map(({ child }) => child),
    agents: started.map(() => new Agent({ keepAlive: true, maxSockets: Math.ceil(CONNECTIONS / count) })),
    database,
    latenciesMs: [],
    round: 0,
    ms: 0,
  };
  return setting;
}

async function recordMembers({ kysely }: GatewayDatabase): Promise<void> {
  for (let from = 0; from < members.length; from += 1000) {
    const rows = members.slice(from, from + 1000).map((member) => ({ member, name: '张三', recorded_at_ms: 0 }));
    await kysely
      .insertInto('members')
      .values(rows as never)
      .execute();
  }
}

function post({ url, key }: ClaimsServer, agent: Agent, path: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const outgoing = request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode!));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const offerOf = (offer: string) => ({
  offer,
  kind: 'ticket',
  name: 'Tickets',
  items: [{ item: 'ticket', name: 'ticket', quota: QUOTA }],
  opens: '2015-11-01T09:00:00+08:00',
  sponsor: 'ningbo-union',
  valueFen: 3000,
  priceFen: 100,
});

/** Every member claims once, over all connections, of an offer that is new. */
async function rush(setting: Setting): Promise<void> {
  const isWarm = setting.round++ >= ROUNDS.warmupIterations;
  const offer = `rush-${setting.round}`;
  const [first] = setting.servers;
  if (setting.database) await post(first!, setting.agents[0]!, '/v1/offers', JSON.stringify(offerOf(offer)));
  const statuses = new Map<number, number>();
  const begun = performance.now();
  let next = 0;
  const connection = async (index: number) => {
    const place = index % setting.servers.length;
    const [server, agent] = [setting.servers[place]!, setting.agents[place]!];
    while (next < members.length) {
      const member = members[next++]!;
      const sentAt = performance.now();
      const status = await post(server, agent, `/v1/offers/${offer}/claims`, JSON.stringify({ member }));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (isWarm) setting.latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => connection(index)));
  if (isWarm) setting.ms += performance.now() - begun;
  if (setting.database) await hold(setting.database, offer, statuses);
}

/** Exactly the quota, one each, no failure, and at each gateway in the order of arrival. Throws where it is not so. */
async function hold({ kysely }: GatewayDatabase, offer: string, statuses: ReadonlyMap<number, number>): Promise<void> {
  const claims = await kysely
    .selectFrom('offer_claims')
    .selectAll()
    .where('offer', '=', offer)
    .orderBy('number')
    .execute();
  const gateways = new Set(claims.map(({ gateway }) => gateway));
  const isInOrder = [...gateways].every((gateway) => {
    const arrivals = claims.filter((claim) => claim.gateway === gateway).map(({ arrival }) => arrival);
    return arrivals.every((arrival, index) => index === 0 || arrivals[index - 1]! < arrival);
  });
  const isExact =
    claims.length === QUOTA &&
    new Set(claims.map(({ member }) => member)).size === QUOTA &&
    claims.at(-1)?.number === QUOTA &&
    statuses.get(201) === QUOTA &&
    statuses.get(422) === CLAIMS - QUOTA;
  if (isExact && isInOrder) return;
  throw new Error(
    `${offer}: ${claims.length} claims, in order: ${isInOrder}, answers ${JSON.stringify([...statuses])}`,
  );
}

const plain = await open('plain', { start: 'plain', count: 1 });
const settings = [await open('one gateway on libsql', { start: 'gateway', count: 1 })];
for (const count of GATEWAYS) {
  const databaseUrl = await postgres.createDatabase();
  settings.push(await open(`${count} on PostgreSQL`, { start: 'gateway', count, databaseUrl }));
}

afterAll(async () => {
  const claimsOf = CLAIMS * ROUNDS.iterations;
  const p99 = ({ latenciesMs }: Setting) =>
    latenciesMs.toSorted((left, right) => left - right)[Math.floor(latenciesMs.length * 0.99)] ?? 0;
  for (const setting of settings) {
    const ratios = [plain.ms / setting.ms, p99(setting) / p99(plain)].map((ratio) => ratio.toFixed(2));
    const rate = Math.round((claimsOf / setting.ms) * 1000);
    console.log(
      `${setting.name}: ${rate} claims a second; of the rate without books ${ratios[0]}, p99 ${ratios[1]} times`,
    );
  }
  for (const { agents, children, database } of [plain, ...settings]) {
    for (const agent of agents) agent.destroy();
    await database?.close();
    for (const child of children) child.kill('SIGKILL');
  }
  await postgres.stop();
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe(`${CLAIMS} claims for ${QUOTA} tickets over ${CONNECTIONS} connections`, () => {
  bench('the same server that answers without books', () => rush(plain), ROUNDS);
  for (const setting of settings) bench(setting.name, () => rush(setting), ROUNDS);
});
