import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
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
import { type DatabaseLocation, openDatabase } from '../../../src/gateway/storage/index.js';

export interface ClaimsOrder {
  readonly start: 'gateway' | 'plain';
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
}

export interface ClaimsServer {
  readonly url: string;
  /** Empty where another process was told it. */
  readonly key: string;
}

const clock = () => new Date('2015-11-01T09:00:00+08:00');
const caKeys = createCertificationAuthorityKeyStore(testCaKeys(createTestPki()));
/** All lines are made, and written to nowhere. */
const logger = createLogger(Object.assign(new PassThrough()).resume(), 'info');

async function startWhole({ dataFolder, databaseUrl }: ClaimsOrder): Promise<ClaimsServer> {
  const options = { dataFolder, databaseUrl, port: 0, clock, random: randomBytes, caKeys, logger, version: '0.0.0' };
  const { url, administratorKey } = await startGateway(options);
  return { url, key: administratorKey ?? '' };
}

/** The same HTTP interface, keys and logging; a claim is read and answered, and nobody looks into the books. */
async function startPlain({ dataFolder, databaseUrl }: ClaimsOrder): Promise<ClaimsServer> {
  const location: DatabaseLocation = databaseUrl === undefined ? { dataFolder } : { databaseUrl };
  const database = await openDatabase(location);
  const now = () => performance.now();
  const apiKeys = createApiKeys(database, { clock, random: randomBytes, now, signingKey: randomBytes(32) });
  const claim = route({
    method: 'post',
    path: '/v1/offers/{offer}/claims',
    operationId: 'claimOffer',
    summary: '',
    tag: 'benefits',
    access: 'people',
    scope: 'offers:claim',
    audit: 'none',
    params: z.strictObject({ offer: z.string() }),
    body: { schema: z.strictObject({ member: z.string() }), mediaType: 'application/json' },
    responses: {},
    handle: async ({ params: { offer }, body: { member } }) => ({
      status: 201,
      body: { offer, member, number: 1, item: 'ticket', state: 'claimed', arrivedAt: clock().toISOString() },
      log: { offer, number: 1, state: 'claimed' },
    }),
  });
  const limits = createRateLimits({}, now);
  const app = createApp({
    routes: [claim],
    authentication: { apiKeys, clock, nonces: createUsedNonces(database.kysely, clock), limits },
    audit: createAuditTrail({ database, clock, logger }),
    database,
    logger,
    metrics: createMetrics(),
    now,
    isStopping: () => false,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: (await apiKeys.createFirst()) ?? '',
  };
}

process.on('message', async (order: ClaimsOrder) => {
  process.send!(await (order.start === 'gateway' ? startWhole(order) : startPlain(order)));
});
process.send!('ready');
