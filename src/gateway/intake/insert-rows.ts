import { type Insertable, type Kysely, PostgresAdapter, type Transaction } from 'kysely';
import { prepareStatement, type RunStatement, type Tables } from '../storage/index.js';

/** Both engines take some 32,000 values in a statement; a row has at most some thirty. */
const ROWS_MAX = 512;

interface Way {
  /** Rows whose key is taken are left out. */
  readonly isIfNew?: boolean;
  /** A column of the rows that were inserted, to be given back. */
  readonly returning?: string;
}

type Row = Readonly<Record<string, unknown>>;
type Insert = RunStatement<readonly unknown[], Row>;

/** By table, way and columns; then by the logarithm of the number of rows. */
const statements = new Map<string, Insert[]>();

/**
 * Inserts any number of rows, which have the same columns. A statement takes a power of two of them, so that a few
 * statements, put together once, do for every number.
 */
export async function insertRows<Table extends keyof Tables & string>(
  transaction: Transaction<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  way: Way = {},
): Promise<readonly Row[]> {
  return (await insert(transaction, table, rows, way)).returned;
}

/** Inserts rows as {@link insertRows} does, but for those whose key is taken. Gives how many were inserted. */
export async function insertNew<Table extends keyof Tables & string>(
  transaction: Transaction<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<number> {
  return (await insert(transaction, table, rows, { isIfNew: true })).count;
}

interface Inserted {
  readonly returned: readonly Row[];
  readonly count: number;
}

async function insert<Table extends keyof Tables & string>(
  transaction: Transaction<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
  way: Way,
): Promise<Inserted> {
  const [first] = rows;
  if (first === undefined) return { returned: [], count: 0 };
  const columns = Object.keys(first);
  const name = `${table} ${way.isIfNew ?? false} ${way.returning ?? ''} ${columns.join()}`;
  const known = statements.get(name) ?? [];
  statements.set(name, known);
  const returned: Row[] = [];
  let inserted = 0;
  for (let start = 0; start < rows.length; ) {
    const exponent = Math.floor(Math.log2(Math.min(ROWS_MAX, rows.length - start)));
    const count = 2 ** exponent;
    known[exponent] ??= prepareInsert(table, columns, count, way);
    const values: unknown[] = [];
    for (let index = start; index < start + count; index++) {
      for (const column of columns) values.push((rows[index] as Row)[column]);
    }
    const result = await known[exponent](transaction, values);
    returned.push(...result.rows);
    inserted += Number(result.numAffectedRows ?? 0);
    start += count;
  }
  return { returned, count: inserted };
}

function prepareInsert(
  table: keyof Tables & string,
  columns: readonly string[],
  count: number,
  { isIfNew, returning }: Way,
): Insert {
  return prepareStatement((kysely, values: readonly unknown[]) => {
    const rowAt = (row: number) =>
      Object.fromEntries(columns.map((column, index) => [column, values[row * columns.length + index]]));
    const rows = Array.from({ length: count }, (_, row) => rowAt(row));
    const insert = undone(kysely, kysely.insertInto(table)).values(rows as never);
    const ifNew = isIfNew ? insert.onConflict((conflict) => conflict.doNothing()) : insert;
    return (returning === undefined ? ifNew : ifNew.returning(returning as never)) as never;
  });
}

/**
 * Without more, SQLite keeps a copy of every page that a statement of several rows changes, to undo that statement alone.
 * Here a statement that fails undoes its transaction, as whoever began it would.
 */
function undone<Insert extends { orRollback(): Insert }>(kysely: Kysely<Tables>, insert: Insert): Insert {
  return kysely.getExecutor().adapter instanceof PostgresAdapter ? insert : insert.orRollback();
}
