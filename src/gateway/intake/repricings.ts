import type { Transaction } from 'kysely';
import type { GatewayDatabase, RepricingsTable, Tables } from '../storage/index.js';
import type { Intake } from './intake.js';
import { nothingRepriced, type RepriceReport } from './reprice-report.js';

/** Booked journeys priced again, and how far that has come. */
export interface RepricingView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  /** `stopped`: a gateway ended it half way, and it can go on. */
  readonly status: RepricingsTable['status'];
  /** Versions of tariff and campaigns in force when it was asked for. */
  readonly fares: { readonly tariff: string; readonly campaigns: string };
  readonly report: Omit<RepriceReport, 'next'>;
  readonly startedAt: string;
  readonly updatedAt: string;
}

export interface Repricings {
  /** Begins one, and answers before it is done. */
  start(asked: { readonly from: string; readonly to: string; readonly dryRun: boolean }): Promise<RepricingView>;
  /** Goes on with one that is not done; `undefined` where there is none. */
  resume(id: string): Promise<RepricingView | undefined>;
  read(id: string): Promise<RepricingView | undefined>;
  /** The last hundred, newest first. */
  list(): Promise<readonly RepricingView[]>;
  /** When one that this gateway is at is done, or has ended half way. */
  done(id: string): Promise<void>;
  /** Ends what is under way behind the cards that it is at. */
  stop(): Promise<void>;
}

export interface RepricingsOptions {
  readonly database: GatewayDatabase;
  readonly reprice: Intake['reprice'];
  readonly fares: RepricingView['fares'];
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly failed: (error: unknown) => void;
}

const ID_BYTES = 8;
const LISTED_MAX = 100;

/** Repricings of one gateway. Several that go on with the same one do no harm: what is booked once is not booked again. */
export function createRepricings({ database, reprice, fares, clock, random, failed }: RepricingsOptions): Repricings {
  const { kysely } = database;
  const stopping = new AbortController();
  const underWay = new Map<string, Promise<void>>();

  async function run(row: RepricingsTable): Promise<void> {
    const { id } = row;
    try {
      await reprice({
        fromServiceDay: row.from_service_day,
        toServiceDay: row.to_service_day,
        dryRun: row.is_dry_run === 1,
        signal: stopping.signal,
        since: JSON.parse(row.report),
        keep: (transaction, sofar) => update(transaction, id, sofar),
      });
    } catch (error) {
      failed(error);
    } finally {
      underWay.delete(id);
      // What is not done by now was ended half way.
      await kysely
        .updateTable('repricings')
        .set({ status: 'stopped' })
        .where('id', '=', id)
        .where('status', '=', 'running')
        .execute();
    }
  }

  async function update(transaction: Transaction<Tables>, id: string, report: RepriceReport): Promise<void> {
    const status = report.next === undefined ? 'done' : 'running';
    await transaction
      .updateTable('repricings')
      .set({ report: JSON.stringify(report), status, updated_at_ms: clock().getTime() })
      .where('id', '=', id)
      .execute();
  }

  const find = (id: string) => kysely.selectFrom('repricings').selectAll().where('id', '=', id).executeTakeFirst();

  function begin(row: RepricingsTable): void {
    if (underWay.has(row.id) || stopping.signal.aborted) return;
    underWay.set(row.id, run(row).catch(failed));
  }

  return {
    async start({ from, to, dryRun }) {
      const now = clock().getTime();
      const row: RepricingsTable = {
        id: `rp_${Buffer.from(random(ID_BYTES)).toString('hex')}`,
        from_service_day: from,
        to_service_day: to,
        is_dry_run: dryRun ? 1 : 0,
        status: 'running',
        fares: JSON.stringify(fares),
        report: JSON.stringify(nothingRepriced),
        started_at_ms: now,
        updated_at_ms: now,
      };
      await kysely.insertInto('repricings').values(row).execute();
      begin(row);
      return toView(row);
    },
    async resume(id) {
      const row = await find(id);
      if (!row || row.status === 'done') return row && toView(row);
      await kysely.updateTable('repricings').set({ status: 'running' }).where('id', '=', id).execute();
      begin(row);
      return toView({ ...row, status: 'running' });
    },
    async read(id) {
      const row = await find(id);
      return row && toView(row);
    },
    async list() {
      const rows = await kysely
        .selectFrom('repricings')
        .selectAll()
        .orderBy('started_at_ms', 'desc')
        .orderBy('id')
        .limit(LISTED_MAX)
        .execute();
      return rows.map(toView);
    },
    async done(id) {
      await underWay.get(id);
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay.values());
    },
  };
}

function toView(row: RepricingsTable): RepricingView {
  const { next: _, ...report } = JSON.parse(row.report) as RepriceReport;
  return {
    id: row.id,
    from: row.from_service_day,
    to: row.to_service_day,
    dryRun: row.is_dry_run === 1,
    status: row.status,
    fares: JSON.parse(row.fares),
    report,
    startedAt: new Date(row.started_at_ms).toISOString(),
    updatedAt: new Date(row.updated_at_ms).toISOString(),
  };
}
