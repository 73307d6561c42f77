import type { Kysely } from 'kysely';
import { mayReachUnit, type Reach } from '../people/index.js';
import type { Tables } from '../storage/index.js';
import type { NewUnit } from './unit.js';

const TOGETHER = 500;

/**
 * Whether somebody may record these units: whoever does not reach everything may change what is below their own unit,
 * and put new units there.
 */
export async function mayChangeUnits(
  kysely: Kysely<Tables>,
  reach: Reach,
  units: readonly Pick<NewUnit, 'unit' | 'parent'>[],
): Promise<boolean> {
  if (reach.kind === 'all') return true;
  if (reach.kind !== 'unit') return false;
  const said = new Set(units.map(({ unit }) => unit));
  const paths = await pathsOf(kysely, [...new Set(units.flatMap(({ unit, parent }) => [unit, parent ?? unit]))]);
  return units.every(({ unit, parent }) => {
    const path = paths.get(unit);
    const isOwn = path === undefined || (path !== reach.path && mayReachUnit(reach, path));
    const above = parent === undefined ? undefined : paths.get(parent);
    const isBelow = above === undefined ? parent !== undefined && said.has(parent) : mayReachUnit(reach, above);
    return isOwn && isBelow;
  });
}

async function pathsOf(kysely: Kysely<Tables>, units: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  for (let start = 0; start < units.length; start += TOGETHER) {
    const rows = await kysely
      .selectFrom('units')
      .select(['unit', 'path'])
      .where('unit', 'in', units.slice(start, start + TOGETHER))
      .execute();
    for (const { unit, path } of rows) paths.set(unit, path);
  }
  return paths;
}
