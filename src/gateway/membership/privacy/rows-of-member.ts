import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { KeptTable } from './personal-data.js';

/** Which rows of a table are a member's. */
export function whereOf([column, ...chain]: readonly string[], member: string): RawBuilder<SqlBool> {
  const [owner, ...rest] = chain;
  if (column === undefined) throw new RangeError('a table says whose its rows are');
  if (owner === undefined) return sql<SqlBool>`${sql.ref(column)} = ${member}`;
  const [table, key] = owner.split('.') as [string, string];
  return sql<SqlBool>`${sql.ref(column)} in (select ${sql.ref(key)} from ${sql.table(table)} where ${whereOf(rest, member)})`;
}

export type Row = Readonly<Record<string, unknown>>;

const ROWS_TOGETHER = 200;

/** The rows that a table has of a member, as they are read: hand in a connection of their own (`aside`). */
export function rowsOf(kysely: Kysely<Tables>, { table, of }: KeptTable, member: string): AsyncIterableIterator<Row> {
  return kysely
    .selectFrom(table as 'members')
    .selectAll()
    .where(whereOf(of, member))
    .stream(ROWS_TOGETHER) as AsyncIterableIterator<Row>;
}

export async function countRowsOf(kysely: Kysely<Tables>, { table, of }: KeptTable, member: string): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from ${sql.table(table)} where ${whereOf(of, member)}`.execute(kysely);
  return Number(rows[0]?.count ?? 0);
}
