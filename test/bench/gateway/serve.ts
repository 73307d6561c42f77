import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createCertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import { createTestPki, testCaKeys } from '../../../simulator/index.js';
import { createApiKeys } from '../../../src/gateway/http/api-keys.js';
import { createAuditTrail } from '../../../src/gateway/http/audit-trail.js';
import { createApp } from '../../../src/gateway/http/create-app.js';
import { createMetrics } from '../../../src/gateway/http/metrics.js';
import { createRateLimits } from '../../../src/gateway/http/rate-limits.js';
import { route } from '../../../src/gateway/http/route.js';
import { createUsedNonces } from '../../../src/gateway/http/used-nonces.js';
import { createLogger, startGateway } from '../../../src/gateway/index.js';
import { createGroupCommit } from '../../../src/gateway/intake/group-commit.js';
import { type DatabaseLocation, openDatabase } from '../../../src/gateway/storage/index.js';
import { layersOfProfile } from './layers-of-profile.js';
import { insertTogether, plainBatch } from './plain-batch.js';

/** What a server of the benches is asked over its channel: books to open, or what it has spent. */
export type Order = {
  readonly start: 'gateway' | 'plain';
  readonly location: DatabaseLocation & { dataFolder: string };
};

export type Started = { readonly url: string; readonly key: string };

/** The taps of the bench are three days old, and time goes on: what is kept in order of arrival is not all of one instant. */
const beganMs = Date.parse('2015-10-06T12:00:00+08:00') - performance.now();
const clock = () => new Date(beganMs + performance.now());
const caKeys = createCertificationAuthorityKeyStore(testCaKeys(createTestPki()));
/** All lines are made, and written to nowhere. */
const logger = createLogger(Object.assign(new (await import('node:stream')).PassThrough()).resume(), 'info');

async function startWhole({ location }: Order): Promise<Started> {
  const databaseUrl = 'databaseUrl' in location ? (location.databaseUrl as string) : undefined;
  const { dataFolder } = location;
  // As the command does where there are two processors.
  const threads = { examinerThreads: 1, keeperThread: 'own', asideThread: 'own' } as const;
  const options = { dataFolder, databaseUrl, port: 0, clock, random: randomBytes, caKeys, logger, version: '0.0.0' };
  const { url, administratorKey } = await startGateway({ ...options, ...threads });
  return { url, key: administratorKey! };
}

/** The same HTTP interface, keys and logging over the same database; a tap is parsed and inserted, one of a batch verified too. */
async function startPlain({ location }: Order): Promise<Started> {
  const database = await openDatabase(location);
  const { kysely } = database;
  const now = () => performance.now();
  const apiKeys = createApiKeys(database, { clock, random: randomBytes, now, signingKey: randomBytes(32) });
  const insert = createGroupCommit({
    isForAll: () => true,
    work: async (bodies: readonly Uint8Array[]) => ({ answers: await insertTogether(database, bodies) }),
  });
  const post = route({
    method: 'post',
    path: '/v1/taps',
    operationId: 'postTap',
    summary: '',
    tag: 'taps',
    access: 'operator',
    scope: 'taps:write',
    audit: 'none',
    body: { schema: z.unknown(), mediaType: 'application/json' },
    responses: {},
    handle: async ({ body }) => {
      const id = await insert(Buffer.from(JSON.stringify(body)));
      return { status: 201, body: { result: 'created', id }, log: { result: 'created', tap: id, code: '' } };
    },
  });
  const audit = createAuditTrail({ database, clock, logger });
  const authentication = { apiKeys, clock, nonces: createUsedNonces(kysely, clock), limits: createRateLimits({}, now) };
  const options = { authentication, audit, database, logger, metrics: createMetrics(), now, isStopping: () => false };
  const server = createServer(createApp({ routes: [post, plainBatch(database, caKeys)], ...options })).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const known = await kysely.selectFrom('api_keys').select('id').executeTakeFirst();
  const key = known ? '' : (await apiKeys.createFirst())!;
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key };
}

const session = new Session();

async function startProfile(): Promise<void> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

/** Where its time went since, in milliseconds by layer. */
async function endProfile(): Promise<[string, number][]> {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const path = process.env.YONGTAP_BENCH_PROFILE;
  if (path) writeFileSync(path, JSON.stringify(profile));
  return [...layersOfProfile(profile)];
}

process.on('message', async (order: Order | 'spent' | 'memory' | 'profile' | 'profiled') => {
  if (order === 'spent') process.send!(process.cpuUsage());
  else if (order === 'memory') process.send!(process.memoryUsage.rss());
  else if (order === 'profile') process.send!((await startProfile()) ?? 'begun');
  else if (order === 'profiled') process.send!(await endProfile());
  else process.send!(await (order.start === 'gateway' ? startWhole(order) : startPlain(order)));
});
/** Where a bench ends before it has stopped its servers. */
process.once('disconnect', () => process.exit());
process.send!('ready');
