import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { groupBy } from '../group-by.js';
import type { GatewayDatabase } from '../storage/index.js';
import {
  type Claim,
  type ClaimedDelivery,
  claimDeliveries,
  LEASE_MS,
  releaseDeliveries,
  webhooksDue,
} from './claim-deliveries.js';
import { ANSWER_TIMEOUT_MS } from './limits.js';
import { type AttemptResult, postEvent } from './post-event.js';
import { recordAttempt } from './record-attempt.js';
import { retryDelay } from './retry-delay.js';
import { type SecretSeal, signedHeaders } from './webhook-secret.js';

export interface DelivererOptions {
  readonly database: GatewayDatabase;
  readonly seal: SecretSeal;
  readonly clock: () => Date;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly isPrivateAllowed: boolean;
  /** In PEM: believed beside the known authorities. */
  readonly authorities?: string | undefined;
  readonly version: string;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  attemptDone(outcome: string, seconds: number): void;
  /** Wraps one delivery, for whoever traces it. */
  traced?<Result>(type: string, work: () => Promise<Result>): Promise<Result>;
  /** How often it looks for what is due, in milliseconds. */
  readonly pollMs?: number;
}

export interface Deliverer {
  /** Takes nothing more; what is under way has three seconds. What was not sent is given back. */
  stop(): Promise<void>;
}

const POLL_MS = 500;
/** A database that does not answer is asked, and told of in the log, less often. */
const FAILED_POLL_MS = 5000;
const STOP_MS = 3000;
const LANES_MAX = 4;

/** Delivers what is due, each receiver beside the others, so that a slow one holds up nobody but itself. */
export function startDeliverer(options: DelivererOptions): Deliverer {
  const stopping = new AbortController();
  const killing = new AbortController();
  const working = new Map<string, Promise<void>>();
  const signals = { stopping: stopping.signal, killing: killing.signal };

  function start(webhookId: string): void {
    const work = workOff(webhookId, options, signals)
      .catch((err: unknown) => options.logger.error({ webhook: webhookId, err }, 'webhook'))
      .finally(() => working.delete(webhookId));
    working.set(webhookId, work);
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = options.pollMs ?? POLL_MS;
      try {
        const due = await webhooksDue(options.database.kysely, options.clock().getTime());
        for (const id of due) if (!working.has(id) && !stopping.signal.aborted) start(id);
      } catch (err) {
        options.logger.error({ err }, 'webhook');
        pauseMs = Math.max(pauseMs, FAILED_POLL_MS);
      }
      await wait(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }

  const looking = look();
  return {
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => killing.abort(), STOP_MS);
      await looking;
      await Promise.all(working.values());
      clearTimeout(timer);
    },
  };
}

interface Signals {
  readonly stopping: AbortSignal;
  readonly killing: AbortSignal;
}

async function workOff(webhookId: string, options: DelivererOptions, signals: Signals): Promise<void> {
  while (!signals.stopping.aborted) {
    const claim = await claimDeliveries(options.database, webhookId, options.clock().getTime());
    if (!claim) return;
    await deliverAll(webhookId, claim, options, signals);
  }
}

/**
 * One subject after the other in its order, several subjects beside each other. Where one attempt cannot be written down
 * nothing more is begun, and what is under way ends before anything is given back: it would go out twice.
 */
async function deliverAll(webhookId: string, claim: Claim, options: DelivererOptions, signals: Signals): Promise<void> {
  const untilMs = options.now() + LEASE_MS - ANSWER_TIMEOUT_MS;
  const lanes = [...groupBy(claim.deliveries, ({ subject }) => subject).values()];
  const unsent = new Set(claim.deliveries);
  const failures: unknown[] = [];
  async function work(): Promise<void> {
    for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
      for (const delivery of lane) {
        if (signals.stopping.aborted || failures.length > 0 || options.now() > untilMs) return;
        if (await deliver(webhookId, claim, delivery, options, signals.killing)) unsent.delete(delivery);
      }
    }
  }
  await Promise.all(Array.from({ length: LANES_MAX }, () => work().catch((error) => failures.push(error))));
  await releaseDeliveries(options.database.kysely, [...unsent]);
  if (failures.length > 0) throw failures[0];
}

/** Whether there was an attempt, which is then written down. */
async function deliver(
  webhookId: string,
  claim: Claim,
  delivery: ClaimedDelivery,
  options: DelivererOptions,
  killing: AbortSignal,
): Promise<boolean> {
  const start = options.now();
  const { traced = (_type, work) => work() } = options;
  let result: AttemptResult;
  try {
    result = await traced(delivery.type, () => postEvent(toPost(claim, delivery, options, killing)));
  } catch (error) {
    if (killing.aborted) return false;
    throw error;
  }
  const durationMs = options.now() - start;
  const { outcome, reason, retryAfterMs = 0, status } = result;
  const delayMs = retryDelay(delivery.attempts + 1, options.random, retryAfterMs);
  const state = await recordAttempt(options.database, {
    webhookId,
    delivery,
    result,
    at: options.clock(),
    durationMs,
    delayMs,
  });
  options.attemptDone(outcome, durationMs / 1000);
  const line = { webhook: webhookId, event: delivery.eventId, type: delivery.type, outcome, reason, status, state };
  options.logger[state === 'dead' ? 'warn' : 'info']({ ...line, elapsedMs: Math.round(durationMs) }, 'webhook');
  return true;
}

function toPost(
  { url, sealedSecrets }: Claim,
  { eventId, type, subject, data, atMs }: ClaimedDelivery,
  { seal, clock, isPrivateAllowed, authorities, version }: DelivererOptions,
  signal: AbortSignal,
) {
  const timestamp = Math.floor(clock().getTime() / 1000);
  const at = new Date(atMs).toISOString();
  const body = JSON.stringify({ id: eventId, type, timestamp: at, subject, data: JSON.parse(data) });
  const secrets = sealedSecrets.map((sealed) => seal.open(sealed));
  const headers = { ...signedHeaders({ eventId, timestamp, body }, secrets), 'user-agent': `yongtap/${version}` };
  return { url, headers, body, isPrivateAllowed, authorities, clock, signal };
}
