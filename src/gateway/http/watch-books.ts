import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { Gauge, type Registry } from 'prom-client';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import { readBacklog } from '../webhooks/index.js';

export interface WatchedBooks {
  readonly database: Pick<GatewayDatabase, 'kysely' | 'isHealthy'>;
  readonly clock: () => Date;
}

/** A scrape waits no longer for a database that does not answer; the values are then those of the scrape before. */
const WAIT_MS = 1000;

/** Adds what only the books know, and asks them when the metrics are read. All gateways over the books say the same. */
export function watchBooks(registry: Registry, { database, clock }: WatchedBooks): void {
  const registers = [registry];
  new Gauge({
    name: 'yongtap_database_up',
    help: '1: the database answers',
    registers,
    async collect() {
      this.set(0);
      await inTime(async () => this.set((await database.isHealthy()) ? 1 : 0));
    },
  });
  new Gauge({
    name: 'yongtap_service_days_open',
    help: 'Service days with bookings whose books are not closed yet',
    registers,
    collect() {
      return inTime(async () => this.set(await countOpenDays(database.kysely)));
    },
  });
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

/** Goes from day to day by the index: what it costs grows with the days, not with their entries. */
async function countOpenDays(kysely: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    with recursive days(day) as (
      select min(service_day) from entries
      union all
      select (select min(service_day) from entries where service_day > day) from days where day is not null
    )
    select count(*) as open from days
    where day is not null and day not in (select service_day from service_days)`.execute(kysely);
  return rows[0]!.open;
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
