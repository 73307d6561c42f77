import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../../storage/index.js';
import type { KeptTable } from './personal-data.js';

/** `cards.card_token`, or `card:|cards.card_token` where a word stands before it. */
export function ownerOf(owner: string): { readonly prefix: string; readonly table: string; readonly key: string } {
  const [place = '', prefix = ''] = owner.split('|').toReversed();
  const [table = '', key = ''] = place.split('.');
  return { prefix, table, key };
}

/** Which rows of a table are a member's. */
export function whereOf([column, ...chain]: readonly string[], member: string): RawBuilder<SqlBool> {
  const [owner, ...rest] = chain;
  if (column === undefined) throw new RangeError('a table says whose its rows are');
  if (owner === undefined) return sql<SqlBool>`${sql.ref(column)} = ${member}`;
  const { prefix, table, key } = ownerOf(owner);
  const named = prefix === '' ? sql.ref(key) : sql`${sql.lit(prefix)} || ${sql.ref(key)}`;
  return sql<SqlBool>`${sql.ref(column)} in (select ${named} from ${sql.table(table)} where ${whereOf(rest, member)})`;
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
