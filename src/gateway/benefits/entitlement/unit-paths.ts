import type { Kysely } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { MembersTable } from '../../storage/membership-tables.js';

/** By member: the ids of their unit and of all above it, with a slash around each. Who is in no unit is missing. */
export async function readUnitPaths(
  reader: Pick<Kysely<Tables>, 'selectFrom'>,
  rows: readonly Pick<MembersTable, 'member' | 'unit'>[],
): Promise<ReadonlyMap<string, string>> {
  const units = [...new Set(rows.flatMap(({ unit }) => unit ?? []))];
  if (units.length === 0) return new Map();
  const found = await reader.selectFrom('units').select(['unit', 'path']).where('unit', 'in', units).execute();
  const paths = new Map(found.map(({ unit, path }) => [unit, path]));
  return new Map(
    rows.flatMap(({ member, unit }) => {
      const path = unit === null ? undefined : paths.get(unit);
      return path === undefined ? [] : [[member, path]];
    }),
  );
}
