import type { Kysely } from 'kysely';
import { shanghaiYear } from '../../calendar/shanghai.js';
import { insertRows } from '../intake/insert-rows.js';
import type { Job } from '../jobs/index.js';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import { isYearOpen } from './certification-year.js';
import { countProgress, type Standing } from './count-progress.js';
import type { StandingQuestion } from './standing-sql.js';

/** Counts of all units together, and when they were made. */
export interface CountedProgress {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly countedAt: Date;
}

/** Counts all members and keeps that, in place of what was counted before. Beside those who book: it may take seconds. */
export async function keepProgress(database: GatewayDatabase, question: StandingQuestion): Promise<CountedProgress> {
  const { year, at } = question;
  const standings = await database.aside((kysely) => countProgress(kysely, question, { kind: 'all' }));
  const rows = [...standings].map(([unit, standing]) => ({ year, unit, ...standing, counted_at_ms: at.getTime() }));
  await database.inTransaction(async (transaction) => {
    await transaction.deleteFrom('certification_progress').where('year', '=', year).execute();
    await insertRows(transaction, 'certification_progress', rows, { isIfNew: true });
  });
  return { standings, countedAt: at };
}

/** What was kept last; `undefined` where nothing is kept of the year. */
export async function readKeptProgress(kysely: Kysely<Tables>, year: number): Promise<CountedProgress | undefined> {
  const rows = await kysely.selectFrom('certification_progress').selectAll().where('year', '=', year).execute();
  const [first] = rows;
  if (!first) return undefined;
  const standings = new Map(
    rows.map(({ unit, members, certified, due, lapsed }) => [unit, { members, certified, due, lapsed }]),
  );
  return { standings, countedAt: new Date(first.counted_at_ms) };
}

const EVERY_SECONDS = 600;

/** Counts this year's certifications again and again, and the next year's once they are open. */
export const countProgressJob = ({
  database,
  policy,
  clock,
}: Pick<CertificationOptions, 'database' | 'policy' | 'clock'>): Job => ({
  name: 'count-certifications',
  everySeconds: EVERY_SECONDS,
  run: async (signal) => {
    const at = clock();
    const thisYear = shanghaiYear(at.getTime());
    for (const year of [thisYear, thisYear + 1]) {
      if (!signal.aborted && isYearOpen(policy, year, at)) await keepProgress(database, { policy, year, at });
    }
  },
});
