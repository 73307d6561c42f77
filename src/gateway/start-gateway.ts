import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as setTimeoutAsync } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { CertificationAuthorityKeyStore } from '../../emv/keys/index.js';
import { createHeadSigner } from './audit/index.js';
import { deriveKey } from './derive-key.js';
import type { IssuerKeys } from './evidence/index.js';
import { boxedExceptionPolicy, surveyJob } from './exceptions/index.js';
import { loadCampaigns, loadTariffs, serviceDayOf } from './fares/index.js';
import { createApiKeys } from './http/api-keys.js';
import { createAuditTrail } from './http/audit-trail.js';
import { createApp } from './http/create-app.js';
import { STOP_TIMEOUT_MS } from './http/limits.js';
import { createMetrics } from './http/metrics.js';
import { observeIntake } from './http/observe-intake.js';
import { type OpenedServer, openServer, type ServerOptions } from './http/open-server.js';
import { createRateLimits } from './http/rate-limits.js';
import type { RateOptions } from './http/rate-options.js';
import { apiKeyRoutes } from './http/routes/api-keys.js';
import { auditRoutes } from './http/routes/audit.js';
import { documentRoutes } from './http/routes/documents.js';
import { exceptionRoutes } from './http/routes/exceptions.js';
import { fareRoutes } from './http/routes/fares.js';
import { healthRoutes } from './http/routes/health.js';
import { journeyRoutes } from './http/routes/journeys.js';
import { ledgerRoutes } from './http/routes/ledger.js';
import { listRoutes } from './http/routes/lists.js';
import { memberRoutes } from './http/routes/members.js';
import { reconciliationRoutes } from './http/routes/reconciliations.js';
import { serviceDayRoutes } from './http/routes/service-days.js';
import { settlementRoutes } from './http/routes/settlements.js';
import { tapRoutes } from './http/routes/taps.js';
import { terminalRoutes } from './http/routes/terminals.js';
import { webhookRoutes } from './http/routes/webhooks.js';
import { createSandbox } from './http/sandbox.js';
import { createUsedNonces } from './http/used-nonces.js';
import { watchBooks } from './http/watch-books.js';
import { watchExceptions } from './http/watch-exceptions.js';
import { openInbox } from './inbox/index.js';
import { createBatches, createIntake, createRepricings, forgetBatchesJob } from './intake/index.js';
import { type Job, startScheduler } from './jobs/index.js';
import { createLists, type ListPolicy, listPolicy } from './lists/index.js';
import { loadMembershipPolicy, readFareCards, repriceJob, repriceSoon } from './membership/index.js';
import { type BooksLocation, openBooks } from './open-books.js';
import type { GatewayDatabase } from './storage/index.js';
import { noTelemetry, openTelemetry, type Telemetry, type TelemetryOptions } from './telemetry/index.js';
import { openWebhooks } from './webhooks/index.js';

export interface GatewayOptions extends BooksLocation, ServerOptions, RateOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: () => Date;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
  /** Whose cards are believed. */
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Issuers' master keys, with which their cards' cryptograms are checked. */
  readonly issuerKeys?: IssuerKeys | undefined;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string>;
  /** The ids of tariffs in the box, or one's own, each for its days. Default `ningbo`: all versions of Ningbo's. */
  readonly tariff?: unknown;
  /** The id of a policy of membership in the box, or one's own. Default `ningbo`. */
  readonly policy?: unknown;
  /** The ids of campaign sets in the box, or one's own. Default `ningbo-2015` and `ningbo-2016`. */
  readonly campaigns?: unknown;
  /** Whether webhooks may go to private addresses. Default: where the gateway listens on this machine only. */
  readonly privateWebhooks?: boolean | undefined;
  /** What is to be otherwise with the lists for terminals: how often, how long, how far back. */
  readonly lists?: Partial<ListPolicy> | undefined;
  /** A folder whose files are taken in: `FOLDER/<operator>/*.ndjson`. */
  readonly inbox?: string | undefined;
  /** Where traces go; nowhere by default. */
  readonly telemetry?: Omit<TelemetryOptions, 'version' | 'logger'> | undefined;
  readonly logger: Logger;
  readonly version: string;
}

export interface Gateway {
  readonly url: string;
  /** Told once, by the gateway that made it: the first key of an empty database. */
  readonly administratorKey?: string | undefined;
  /** Reads the certificates again. Throws TlsError, and goes on with those that it has. */
  reloadTls(): void;
  /** Takes no more requests, answers those under way and closes the books. */
  close(): Promise<void>;
}

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_CAMPAIGNS = ['ningbo-2015', 'ningbo-2016'];

/**
 * Starts a gateway: opens its data folder and its database, making what is missing, and listens. Throws
 * GatewayKeysError, StorageError, FareError, and the system's own error where it cannot listen.
 *
 * @example
 * const gateway = await startGateway({ dataFolder: 'data', port: 8051, clock: () => new Date(), random: randomBytes, caKeys, logger, version });
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const sandbox = options.sandbox ? createSandbox(options.clock) : undefined;
  const clock = sandbox?.clock ?? options.clock;
  const { caKeys, revoked, logger, random, version } = options;
  const tariff = loadTariffs(options.tariff ?? 'ningbo');
  const campaigns = loadCampaigns(options.campaigns ?? DEFAULT_CAMPAIGNS);
  const policy = loadMembershipPolicy(options.policy ?? 'ningbo');
  const { keys, database } = await openBooks({ ...options, sandbox: options.sandbox ?? false }, random);
  let server: Server | undefined;
  let telemetry: Telemetry = noTelemetry;
  try {
    const now = () => performance.now();
    const apiKeys = createApiKeys(database, {
      clock,
      random,
      now,
      signingKey: deriveKey(keys.tokenKey, 'yongtap request signing'),
    });
    const metrics = createMetrics();
    telemetry = await openTelemetry({ ...options.telemetry, version, logger });
    const intake = createIntake({
      database,
      caKeys,
      revoked,
      issuerKeys: options.issuerKeys,
      tokenKey: keys.tokenKey,
      recordKeys: keys.recordKeys,
      readFareCards,
      tariff,
      campaigns,
      policy,
      clock,
      observer: observeIntake({ metrics, telemetry, database, now }),
    });
    const batches = createBatches(database, clock);
    const dayOf = (instant: string) => serviceDayOf(tariff, instant);
    const dueOptions = { database, reprice: intake.reprice, clock, dayOf };
    const membership = {
      database,
      ...keys,
      random,
      clock,
      policy,
      afterRecording: () =>
        repriceSoon(dueOptions).catch((error: unknown) => logger.error({ err: error }, 'cards are priced again later')),
    };
    const tracing = telemetry;
    const isPrivateAllowed = options.privateWebhooks ?? isThisMachine(options.host ?? DEFAULT_HOST);
    const webhooks = openWebhooks({
      key: keys.tokenKey,
      database,
      clock,
      now,
      random,
      isPrivateAllowed,
      version,
      logger,
      attemptDone: metrics.webhookAttempted,
      traced: (type, work) => tracing.span('webhook', { 'yongtap.event': type }, work),
    });
    watchBooks(metrics.registry, { database, clock });
    const lists = createLists({
      database,
      tokenKey: keys.tokenKey,
      recordKeys: keys.recordKeys,
      clock,
      caKeys,
      revoked,
      fares: () => ({ tariffs: tariff.versions, campaigns: [campaigns] }),
      membershipPolicy: policy,
      policy: { ...listPolicy, ...options.lists },
    });
    const repricings = createRepricings({
      database,
      reprice: intake.reprice,
      fares: { tariff: tariff.id, campaigns: campaigns.id },
      clock,
      random,
      failed: (error) => logger.error({ err: error }, 'a repricing stopped'),
    });
    watchExceptions(metrics.registry, { count: () => intake.countExceptions(), now });
    const inboxJobs =
      options.inbox === undefined
        ? []
        : [
            await openInbox({
              folder: options.inbox,
              intake,
              metrics,
              database,
              clock,
              random,
              now,
              logger,
              fileDone: metrics.inboxFileDone,
            }),
          ];
    let stopping: Promise<void> | undefined;
    const isStopping = () => stopping !== undefined;
    const routes = [
      ...tapRoutes({ intake, batches, metrics, database, clock }),
      ...journeyRoutes(intake),
      ...memberRoutes(membership),
      ...serviceDayRoutes(intake, { clock, dayOf }),
      ...listRoutes(lists, clock),
      ...terminalRoutes(database, clock),
      ...settlementRoutes({ database, intake, clock, dayOf }),
      ...fareRoutes(tariff, campaigns, repricings),
      ...reconciliationRoutes(database),
      ...ledgerRoutes({ database, clock, dayOf }),
      ...exceptionRoutes(intake),
      ...apiKeyRoutes(apiKeys, clock),
      ...webhookRoutes({ subscriptions: webhooks.subscriptions, database, clock, isPrivateAllowed }),
      ...auditRoutes({
        kysely: database.kysely,
        clock,
        signHead: createHeadSigner(deriveKey(keys.tokenKey, 'yongtap audit head')),
      }),
      ...healthRoutes(database, metrics, isStopping),
    ];
    const all = [...routes, ...documentRoutes(routes, version)];
    const opened = openServer(
      createApp({
        routes: all,
        authentication: {
          apiKeys,
          nonces: createUsedNonces(database.kysely, clock),
          clock,
          limits: createRateLimits(options, now),
        },
        audit: createAuditTrail({ database, clock, logger }),
        database,
        logger,
        metrics,
        now,
        telemetry,
        sandbox,
        isStopping,
      }),
      options,
    );
    server = opened.server;
    const url = await listen(opened, options.port, options.host ?? DEFAULT_HOST);
    // Made only now: a key that nobody was told could never be told again.
    const administratorKey = await apiKeys.createFirst();
    // What is done again and again by one of the gateways that share the books; each room adds its own.
    const survey = surveyJob({ database, clock, policy: boxedExceptionPolicy() });
    const jobs: readonly Job[] = [
      webhooks.job,
      ...lists.jobs,
      repriceJob(dueOptions),
      survey,
      forgetBatchesJob(batches, clock),
      ...inboxJobs,
    ];
    const scheduler = startScheduler(jobs, { database, clock, random, now, logger, jobDone: metrics.jobDone });
    const deliverer = webhooks.start();
    logger.info({ url, database: database.place, tariff: tariff.id, campaigns: campaigns.id }, 'listening');
    const stop = async (listening: Server) => {
      await Promise.all([
        closeServer(listening),
        inTime(scheduler.stop()),
        inTime(deliverer.stop()),
        inTime(repricings.stop()),
      ]);
      await Promise.all([closeDatabase(database), inTime(tracing.close())]);
      logger.info('stopped');
    };
    const listening = server;
    return {
      url,
      administratorKey,
      reloadTls: opened.reloadTls,
      close: () => {
        stopping ??= stop(listening);
        return stopping;
      },
    };
  } catch (error) {
    server?.close();
    await telemetry.close();
    await database.close();
    throw error;
  }
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

async function listen({ server, scheme }: OpenedServer, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

const IDLE_POLL_MS = 25;

/** Lets requests under way come to their end; whoever holds a connection longer than that loses it. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection is idle again as soon as its last request has been answered.
  const poll = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS);
  const timer = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
  clearInterval(poll);
}

/** Waits for the transaction under way, but not for a server that never answers. */
const closeDatabase = (database: GatewayDatabase): Promise<void> => inTime(database.close());

/** Waits for what ends by itself, but not for ever. */
async function inTime(ending: Promise<void>): Promise<void> {
  const timeout = new AbortController();
  await Promise.race([
    ending,
    setTimeoutAsync(STOP_TIMEOUT_MS, undefined, { signal: timeout.signal, ref: false }).catch(() => {}),
  ]);
  timeout.abort();
}
