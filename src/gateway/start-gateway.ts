import type { Server } from 'node:http';
import { deriveKey } from './derive-key.js';
import type { GatewayOptions } from './gateway-options.js';
import { gatewayRoutes } from './gateway-routes.js';
import { createApiKeys } from './http/api-keys.js';
import { createAuditTrail } from './http/audit-trail.js';
import { createApp } from './http/create-app.js';
import { forgetSecretsJob } from './http/forget-secrets.js';
import { closeServer, listen } from './http/listen.js';
import { createMetrics } from './http/metrics.js';
import { openServer } from './http/open-server.js';
import { createRateLimits } from './http/rate-limits.js';
import { createSandbox } from './http/sandbox.js';
import { createSessionCookie } from './http/session-cookie.js';
import { createUsedNonces } from './http/used-nonces.js';
import { inTime } from './in-time.js';
import { startScheduler } from './jobs/index.js';
import { loadRules } from './load-rules.js';
import { fillMemberTokens } from './membership/index.js';
import { type Books, openBooks } from './open-books.js';
import { type IntakeThreads, openIntakeThreads } from './open-intake-threads.js';
import { DEFAULT_HOST, openRooms } from './open-rooms.js';
import { forgetPeopleJob, openPeople } from './people/index.js';
import { noTelemetry, openTelemetry, type Telemetry } from './telemetry/index.js';

export interface Gateway {
  readonly url: string;
  /** Told once, by the gateway that made it: the first key of an empty database. */
  readonly administratorKey?: string | undefined;
  /** Reads the certificates again. Throws TlsError, and goes on with those that it has. */
  reloadTls(): void;
  /** Takes no more requests, answers those under way and closes the books. */
  close(): Promise<void>;
}

/**
 * Starts a gateway: opens its data folder and its database, making what is missing, and listens. Throws
 * GatewayKeysError, StorageError, FareError, and the system's own error where it cannot listen.
 *
 * @example
 * const gateway = await startGateway({ dataFolder: 'data', port: 8051, clock: () => new Date(), random: randomBytes, caKeys, logger, version });
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger, random, version } = options;
  const rules = loadRules(options);
  const books = await openBooks({ ...options, sandbox: options.sandbox ?? false }, random);
  let server: Server | undefined;
  let telemetry: Telemetry = noTelemetry;
  let threads: IntakeThreads | undefined;
  try {
    const { database, keys } = books;
    const sandbox = options.sandbox ? createSandbox(options.clock) : undefined;
    const clock = sandbox?.clock ?? options.clock;
    const now = () => performance.now();
    const metrics = createMetrics();
    telemetry = await openTelemetry({ ...options.telemetry, version, logger });
    const around = { ...rules, clock, now, metrics, telemetry };
    await fillTokens(books, options);
    threads = openIntakeThreads(options, books, around);
    const rooms = await openRooms(options, books, around, threads);
    const signingKey = deriveKey(keys.tokenKey, 'yongtap request signing');
    const apiKeys = createApiKeys(database, { clock, random, now, signingKey });
    let stopping: Promise<void> | undefined;
    const isStopping = () => stopping !== undefined;
    // A person is who they are at the real time, whatever time a request in a sandbox asks for.
    const people = openPeople({ ...keys, database, clock: options.clock, random, passwordCost: options.passwordCost });
    const cookie = createSessionCookie(options.tls !== undefined || options.isBehindProxy === true);
    const { isBehindProxy } = options;
    const nonces = createUsedNonces(database.kysely, clock);
    const app = createApp({
      routes: gatewayRoutes({
        books,
        rooms,
        around,
        apiKeys,
        version,
        isStopping,
        people: { people, cookie, metrics, clock: options.clock, isBehindProxy },
      }),
      authentication: {
        apiKeys,
        nonces,
        clock,
        limits: createRateLimits(options, now),
        people: { sessions: people.sessions, cookie, isBehindProxy },
      },
      audit: createAuditTrail({ database, clock, logger }),
      database,
      logger,
      metrics,
      now,
      telemetry,
      sandbox,
      isStopping,
    });
    const opening = openServer(app, options);
    const listening = opening.server;
    server = listening;
    const url = await listen(opening, options.port, options.host ?? DEFAULT_HOST);
    // Made only now: a key that nobody was told could never be told again.
    const administratorKey = await apiKeys.createFirst();
    const jobs = [
      ...rooms.jobs,
      forgetPeopleJob({ database, clock: options.clock }),
      forgetSecretsJob(database, clock),
    ];
    const scheduler = startScheduler(jobs, {
      database,
      clock,
      random,
      now,
      logger,
      jobDone: metrics.jobDone,
    });
    const deliverer = rooms.webhooks.start();
    const { campaigns, tariff } = rules;
    logger.info({ url, database: database.place, tariff: tariff.id, campaigns: campaigns.id }, 'listening');
    const stop = async () => {
      const background = [scheduler.stop(), deliverer.stop(), rooms.repricings.stop(), rooms.messages.stop()];
      await Promise.all([closeServer(listening), ...background.map(inTime)]);
      await inTime(rooms.keeper.close());
      await Promise.all([database.close(), rooms.examiner.close(), around.telemetry.close()].map(inTime));
      logger.info('stopped');
    };
    return {
      url,
      administratorKey,
      reloadTls: opening.reloadTls,
      close: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    server?.close();
    // What ends them may fail too; what is told is why it did not start.
    await Promise.allSettled([threads?.keeper.close(), threads?.examiner.close()]);
    await telemetry.close();
    await books.database.close();
    throw error;
  }
}

/** Once after an update, before anybody is answered: until then a member who has no token would not be found by it. */
async function fillTokens({ database, keys }: Books, { logger, random }: GatewayOptions): Promise<void> {
  const tellEach = 100_000;
  const { filled, doubled } = await fillMemberTokens({ database, ...keys, random }, (count) => {
    if (count % tellEach === 0) logger.info({ members: count }, 'filling in what members are found by');
  });
  if (filled > 0) logger.info({ members: filled }, 'members are found by identity document and mobile number');
  if (doubled > 0) {
    logger.warn({ members: doubled }, 'members have an identity document that another one has: members_without_tokens');
  }
}
