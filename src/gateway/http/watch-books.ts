import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import type { GatewayDatabase } from '../storage/index.js';
import { readBacklog } from '../webhooks/index.js';

export interface WatchedBooks {
  readonly database: Pick<GatewayDatabase, 'kysely'>;
  readonly clock: () => Date;
}

/** A scrape waits no longer for a database that does not answer; the values are then those of the scrape before. */
const WAIT_MS = 1000;

/** Adds what only the books know, and asks them when the metrics are read. All gateways over the books say the same. */
export function watchBooks(registry: Registry, { database, clock }: WatchedBooks): void {
  const registers = [registry];
  const backlog = shared(() => readBacklog(database.kysely));
  new Gauge({
    name: 'yongtap_webhook_deliveries_pending',
    help: 'Deliveries that wait, for the first or for another attempt',
    registers,
    collect() {
      return inTime(async () => this.set((await backlog()).pending));
    },
  });
  new Gauge({
    name: 'yongtap_webhook_oldest_pending_seconds',
    help: 'How long the oldest event has waited for its delivery; 0 where none waits',
    registers,
    collect() {
      return inTime(async () => {
        const { oldestMs } = await backlog();
        this.set(oldestMs === undefined ? 0 : Math.max(0, clock().getTime() - oldestMs) / 1000);
      });
    },
  });
}

/** One question for all who ask while it is under way. */
function shared<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function inTime(ask: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const asked = ask().catch(() => {});
  await Promise.race([asked, wait(WAIT_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}
