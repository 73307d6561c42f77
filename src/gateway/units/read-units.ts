import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { UnitEventsTable, UnitsTable } from '../storage/unit-tables.js';
import type { Unit } from './unit.js';
import type { UnitLevel } from './unit-levels.js';

/** A unit; `undefined` where there is none. */
export async function readUnit(kysely: Kysely<Tables>, unit: string): Promise<Unit | undefined> {
  const row = await kysely.selectFrom('units').selectAll().where('unit', '=', unit).executeTakeFirst();
  return row && toUnit(row);
}

/** The path of the unit that a member belongs to; `undefined` where there is no such member, or in no unit. */
export async function unitPathOf(kysely: Kysely<Tables>, member: string): Promise<string | undefined> {
  const row = await kysely
    .selectFrom('members')
    .innerJoin('units', 'units.unit', 'members.unit')
    .select('units.path')
    .where('member', '=', member)
    .executeTakeFirst();
  return row?.path;
}

export interface UnitQuery {
  /** Those whose path begins with it: a unit and all below. */
  readonly below?: string | undefined;
  /** Those right below this unit. */
  readonly parent?: string | undefined;
  readonly level?: UnitLevel | undefined;
  /** Behind this path. */
  readonly after?: string | undefined;
  /** At most so many; 1 to 1000. */
  readonly limit: number;
}

/** Units in order of their paths: each one before what is below it. */
export async function listUnits(
  kysely: Kysely<Tables>,
  { below, parent, level, after, limit }: UnitQuery,
): Promise<Unit[]> {
  let query = kysely.selectFrom('units').selectAll().orderBy('path').limit(limit);
  if (below !== undefined) query = query.where(startsWith('path', below));
  if (parent !== undefined) query = query.where('parent', '=', parent);
  if (level !== undefined) query = query.where('level', '=', level);
  if (after !== undefined) query = query.where('path', '>', after);
  return (await query.execute()).map(toUnit);
}

/** How a unit came to be what it is, from the beginning. */
export type UnitEvent = Pick<UnitEventsTable, 'event' | 'name' | 'by'> & {
  readonly parent?: string;
  readonly reason?: string;
  readonly recordedAt: string;
};

const EVENTS_MAX = 1000;

export async function readUnitEvents(kysely: Kysely<Tables>, unit: string): Promise<UnitEvent[]> {
  const rows = await kysely
    .selectFrom('unit_events')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('sequence')
    .limit(EVENTS_MAX)
    .execute();
  return rows.map(({ event, name, parent, by, reason, recorded_at_ms }) => ({
    event,
    name,
    by,
    ...(parent !== null && { parent }),
    ...(reason !== null && { reason }),
    recordedAt: new Date(recorded_at_ms).toISOString(),
  }));
}

/** Letter by letter: on libsql `like` takes `A` for `a`. */
const startsWith = (column: string, path: string) =>
  sql<boolean>`substr(${sql.ref(column)}, 1, ${sql.lit(path.length)}) = ${path}`;

export const toUnit = ({ unit, name, level, parent, path }: UnitsTable): Unit => ({
  unit,
  name,
  level: level as UnitLevel,
  ...(parent !== null && { parent }),
  path,
});
