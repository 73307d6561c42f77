import { type Insertable, PostgresAdapter, sql, type Transaction } from 'kysely';
import { prepareStatement, type RunStatement, type Tables } from '../storage/index.js';
import { alikeColumns, type Common } from './alike-columns.js';
import { insertRows } from './insert-rows.js';

/** SQLite takes some 32,000 values in a statement. */
const UNITS_MAX = 256;

/** A statement of their own costs fewer than this more than it saves them. */
const ALIKE_MIN = 4;

type Row = Readonly<Record<string, unknown>>;
type Unit = readonly Row[];

/**
 * Inserts units of one or several rows, which all have the same columns and of which none is there yet. A value that many
 * rows have is handed over once for all of them, for to hand values over is a fifth of what keeping a tap takes
 * (docs/decisions/0071).
 */
export async function insertAlike<Table extends keyof typeof alikeColumns>(
  transaction: Transaction<Tables>,
  table: Table,
  units: readonly (readonly Insertable<Tables[Table]>[])[],
): Promise<void> {
  const common: Common = alikeColumns[table];
  const few: Unit[] = [];
  for (const alike of alikeUnits(units as readonly Unit[], common.alike)) {
    if (alike.length < ALIKE_MIN) few.push(...alike);
    else await insertTogether(transaction, table, alike, common);
  }
  await insertRows(transaction, table, few.flat() as unknown as Insertable<Tables[Table]>[]);
}

/** Units of as many rows with the same values in these columns, row by row. */
function alikeUnits(units: readonly Unit[], columns: readonly string[]): Unit[][] {
  const groups: Unit[][] = [];
  const root: Branch = new Map();
  for (const unit of units) {
    let branch = branchOf(root, unit.length);
    for (const row of unit) for (const column of columns) branch = branchOf(branch, row[column]);
    let group = branch.get(GROUP) as Unit[] | undefined;
    if (!group) {
      group = [];
      branch.set(GROUP, group);
      groups.push(group);
    }
    group.push(unit);
  }
  return groups;
}

const GROUP = Symbol('group');

/** A tree over values: under each value what follows it, under {@link GROUP} the units that end here. */
interface Branch extends Map<unknown, Branch | Unit[]> {}

function branchOf(branch: Branch, value: unknown): Branch {
  let next = branch.get(value) as Branch | undefined;
  if (!next) {
    next = new Map();
    branch.set(value, next);
  }
  return next;
}

/** Columns by how often each value of theirs is handed over. */
interface Layout {
  readonly table: string;
  readonly rowsOfUnit: number;
  readonly alike: readonly string[];
  readonly ofUnit: readonly string[];
  readonly own: readonly string[];
}

type Insert = RunStatement<readonly unknown[], never>;

/** By layout; then by the logarithm of the number of units. */
const statements = new Map<string, Insert[]>();

async function insertTogether(
  transaction: Transaction<Tables>,
  table: string,
  units: readonly Unit[],
  { alike, ofUnit }: Common,
): Promise<void> {
  const [first] = units as [Unit];
  const columns = Object.keys(first[0]!);
  const own = columns.filter((column) => !alike.includes(column) && !ofUnit.includes(column));
  const layout: Layout = { table, rowsOfUnit: first.length, alike, ofUnit, own };
  const name = `${table} ${first.length} ${columns.join()}`;
  const known = statements.get(name) ?? [];
  statements.set(name, known);
  const common = first.flatMap((row) => alike.map((column) => row[column]));
  for (let start = 0; start < units.length; ) {
    const exponent = Math.floor(Math.log2(Math.min(UNITS_MAX, units.length - start)));
    const end = start + 2 ** exponent;
    known[exponent] ??= prepareInsert(layout, 2 ** exponent);
    const values = [...common];
    for (; start < end; start++) {
      const unit = units[start]!;
      for (const column of ofUnit) values.push(unit[0]![column]);
      for (const row of unit) for (const column of own) values.push(row[column]);
    }
    await known[exponent](transaction, values);
  }
}

function prepareInsert({ table, rowsOfUnit, alike, ofUnit, own }: Layout, units: number): Insert {
  const columns = [...alike, ...ofUnit, ...own];
  const ofUnitAt = rowsOfUnit * alike.length;
  const perUnit = ofUnit.length + rowsOfUnit * own.length;
  const placesOf = (unit: number, row: number): number[] => {
    const unitAt = ofUnitAt + unit * perUnit;
    const ownAt = unitAt + ofUnit.length + row * own.length;
    return [
      ...alike.map((_, index) => row * alike.length + index),
      ...ofUnit.map((_, index) => unitAt + index),
      ...own.map((_, index) => ownAt + index),
    ];
  };
  return prepareStatement((kysely) => {
    const isPostgres = kysely.getExecutor().adapter instanceof PostgresAdapter;
    const tuple = (places: number[]) => `(${places.map((place) => `${isPostgres ? '$' : '?'}${place + 1}`).join()})`;
    const rows = Array.from({ length: units * rowsOfUnit }, (_, at) =>
      tuple(placesOf(Math.floor(at / rowsOfUnit), at % rowsOfUnit)),
    );
    const query = sql<never>`${sql.raw(isPostgres ? 'insert' : 'insert or rollback')} into ${sql.table(table)}
      (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.raw(rows.join())}`;
    return { compile: () => query.compile(kysely) };
  });
}
