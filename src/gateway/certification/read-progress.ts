import { type Kysely, sql } from 'kysely';
import type { Reach } from '../people/index.js';
import type { Tables } from '../storage/index.js';
import type { CertificationOptions } from './certification-options.js';
import { countProgress, type Standing } from './count-progress.js';
import { keepProgress, readKeptProgress } from './kept-progress.js';

export interface UnitProgress extends Standing {
  readonly unit: string;
  readonly name: string;
  readonly level: string;
  readonly parent?: string;
  readonly path: string;
}

export interface ProgressQuery {
  readonly year: number;
  readonly reach: Reach;
  /** Units of this level only. */
  readonly level?: string | undefined;
  /** This unit and those below. */
  readonly below?: string | undefined;
  /** Whether everything is counted now, however long it takes. */
  readonly isFresh: boolean;
}

export interface Progress {
  readonly countedAt: Date;
  /** Of all members in reach, those of no unit too. */
  readonly total: Standing;
  /** In order of their paths; each with all that is below it. */
  readonly units: readonly UnitProgress[];
}

/** Kept counts are at most so old, or everything is counted now. */
const KEPT_MAX_MS = 20 * 60_000;

const NOBODY: Standing = { members: 0, certified: 0, due: 0, lapsed: 0 };

/** Certified, due and lapsed by unit and upward: of everything as it was counted last, of a part as it is now. */
export async function readProgress(
  options: Pick<CertificationOptions, 'database' | 'policy' | 'clock'>,
  { year, reach, level, below, isFresh }: ProgressQuery,
): Promise<Progress> {
  const { kysely } = options.database;
  const { standings, countedAt } = await standingsOf(options, year, reach, isFresh);
  const units = await unitsIn(kysely, reach);
  const sums = new Map<string, Standing>();
  let total = NOBODY;
  for (const standing of standings.values()) total = add(total, standing);
  const byId = new Map(units.map((unit) => [unit.unit, unit]));
  for (const [unit, standing] of standings) {
    for (const above of byId.get(unit)?.path.split('/').filter(Boolean) ?? []) {
      sums.set(above, add(sums.get(above) ?? NOBODY, standing));
    }
  }
  const wanted = below === undefined ? undefined : byId.get(below)?.path;
  const shown = units.filter(
    (unit) =>
      (level === undefined || unit.level === level) &&
      (below === undefined || (wanted !== undefined && unit.path.startsWith(wanted))),
  );
  return { countedAt, total, units: shown.map((unit) => ({ ...unit, ...(sums.get(unit.unit) ?? NOBODY) })) };
}

async function standingsOf(
  { database, policy, clock }: Pick<CertificationOptions, 'database' | 'policy' | 'clock'>,
  year: number,
  reach: Reach,
  isFresh: boolean,
) {
  const at = clock();
  const question = { policy, year, at };
  if (reach.kind !== 'all') {
    return { standings: await countProgress(database.kysely, question, reach), countedAt: at };
  }
  const kept = isFresh ? undefined : await readKeptProgress(database.kysely, year);
  const ageMs = kept ? at.getTime() - kept.countedAt.getTime() : Number.POSITIVE_INFINITY;
  return kept && ageMs >= 0 && ageMs < KEPT_MAX_MS ? kept : keepProgress(database, question);
}

async function unitsIn(kysely: Kysely<Tables>, reach: Reach) {
  let query = kysely.selectFrom('units').select(['unit', 'name', 'level', 'parent', 'path']).orderBy('path');
  if (reach.kind === 'unit')
    query = query.where(sql<string>`substr(path, 1, ${[...reach.path].length})`, '=', reach.path);
  else if (reach.kind !== 'all') return [];
  const rows = await query.execute();
  return rows.map(({ parent, ...unit }) => ({ ...unit, ...(parent !== null && { parent }) }));
}

const add = (one: Standing, other: Standing): Standing => ({
  members: one.members + other.members,
  certified: one.certified + other.certified,
  due: one.due + other.due,
  lapsed: one.lapsed + other.lapsed,
});
