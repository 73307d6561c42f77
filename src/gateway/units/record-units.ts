import { type Kysely, sql, type Transaction } from 'kysely';
import { insertRows } from '../intake/insert-rows.js';
import { type GatewayDatabase, rowsOfJson, type Tables } from '../storage/index.js';
import type { UnitEventsTable, UnitsTable } from '../storage/unit-tables.js';
import { applyUnits, type SaidUnit, type UnitChange } from './apply-units.js';
import { toUnit } from './read-units.js';
import type { NewUnit, Unit } from './unit.js';
import { UnitsError } from './units-error.js';

/** Who changes the hierarchy, when and why. */
export interface Reason {
  readonly by: string;
  readonly at: Date;
  readonly reason?: string | undefined;
}

/** How many units are new, or have another name or place now. */
export interface RecordedUnits {
  readonly recorded: number;
  readonly renamed: number;
  readonly moved: number;
}

/**
 * Records units wholly or not at all: what is said of a unit is how it is from then on, and where it moves all that is
 * below moves with it. The same again changes nothing. Throws {@link UnitsError}.
 */
export function recordUnits(
  database: GatewayDatabase,
  said: readonly SaidUnit[],
  reason: Reason,
): Promise<RecordedUnits> {
  return database.inTransaction(async (transaction) => {
    await holdHierarchy(transaction);
    const rows = await transaction.selectFrom('units').selectAll().execute();
    const known = new Map(rows.map((row) => [row.unit, toUnit(row)]));
    const { units, changes, issues } = applyUnits(known, said);
    if (issues.length > 0) throw new UnitsError(issues);
    await writeUnits(transaction, known, units, reason);
    await writeEvents(transaction, changes, units, reason);
    const count = (event: UnitChange['event']) => changes.filter((change) => change.event === event).length;
    return { recorded: count('recorded'), renamed: count('renamed'), moved: count('moved') };
  });
}

/**
 * Moves a unit, and all that is below with it, below another one. `undefined` where there is no such unit. Throws
 * {@link UnitsError}.
 */
export async function moveUnit(
  database: GatewayDatabase,
  unit: string,
  parent: string,
  reason: Reason,
): Promise<RecordedUnits | undefined> {
  const row = await database.kysely.selectFrom('units').selectAll().where('unit', '=', unit).executeTakeFirst();
  if (!row) return undefined;
  const { name, level } = toUnit(row);
  return recordUnits(database, [{ unit, name, level, parent, index: 0 }], reason);
}

/** Two changes of the hierarchy at the same moment would not see each other, and could make a ring. */
async function holdHierarchy(transaction: Kysely<Tables>): Promise<void> {
  await transaction
    .updateTable('unit_hierarchy')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('name', '=', 'units')
    .execute();
}

const TOGETHER = 500;

async function writeUnits(
  transaction: Transaction<Tables>,
  known: ReadonlyMap<string, Unit>,
  units: ReadonlyMap<string, Unit>,
  { at }: Reason,
): Promise<void> {
  const rowOf = ({ unit, name, level, parent, path }: Unit): UnitsTable => {
    return { unit, name, level, parent: parent ?? null, path, recorded_at_ms: at.getTime() };
  };
  const all = [...units.values()];
  // One that stands above another comes before it: its path is shorter.
  const fresh = all.filter(({ unit }) => !known.has(unit)).sort((one, other) => one.path.length - other.path.length);
  await insertRows(transaction, 'units', fresh.map(rowOf));
  const changed = all.filter((unit) => isOther(unit, known.get(unit.unit)));
  for (let start = 0; start < changed.length; start += TOGETHER) {
    const rows = JSON.stringify(changed.slice(start, start + TOGETHER).map(rowOf));
    const columns = { unit: 'text', name: 'text', parent: 'text', path: 'text', recorded_at_ms: 'bigint' } as const;
    await transaction
      .updateTable('units')
      .from(rowsOfJson<Omit<UnitsTable, 'level'>>(transaction, rows, columns).as('changed'))
      .set({
        name: sql.ref('changed.name'),
        parent: sql.ref('changed.parent'),
        path: sql.ref('changed.path'),
        recorded_at_ms: sql.ref('changed.recorded_at_ms'),
      })
      .whereRef('units.unit', '=', 'changed.unit')
      .execute();
  }
}

const isOther = (unit: Unit, known: Unit | undefined): boolean =>
  known !== undefined && (known.name !== unit.name || known.path !== unit.path);

async function writeEvents(
  transaction: Transaction<Tables>,
  changes: readonly UnitChange[],
  units: ReadonlyMap<string, NewUnit>,
  { by, at, reason }: Reason,
): Promise<void> {
  const sequenceOf = await lastSequences(transaction, changes);
  const rows = changes.map(({ unit, event }): UnitEventsTable => {
    const { name, parent } = units.get(unit)!;
    const sequence = (sequenceOf.get(unit) ?? 0) + 1;
    sequenceOf.set(unit, sequence);
    return {
      unit,
      sequence,
      event,
      name,
      parent: parent ?? null,
      by,
      reason: reason ?? null,
      recorded_at_ms: at.getTime(),
    };
  });
  await insertRows(transaction, 'unit_events', rows);
}

async function lastSequences(
  transaction: Kysely<Tables>,
  changes: readonly UnitChange[],
): Promise<Map<string, number>> {
  const older = changes.filter(({ event }) => event !== 'recorded').map(({ unit }) => unit);
  const last = new Map<string, number>();
  for (let start = 0; start < older.length; start += TOGETHER) {
    const rows = await transaction
      .selectFrom('unit_events')
      .select(({ fn }) => ['unit', fn.max('sequence').as('sequence')])
      .where('unit', 'in', older.slice(start, start + TOGETHER))
      .groupBy('unit')
      .execute();
    for (const { unit, sequence } of rows) last.set(unit, Number(sequence));
  }
  return last;
}
