import { sql, type Transaction } from 'kysely';
import type { TableKey } from '../engine.js';
import type { Tables } from '../tables.js';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
}

/** SQLite cannot change a key: the table is made anew, filled from the old one and given its name. */
export async function rekeyTable(
  transaction: Transaction<Tables>,
  name: string,
  { key, isWide = false }: TableKey,
): Promise<void> {
  const { rows } = await sql<Column>`select name, type, "notnull" from pragma_table_info(${name})`.execute(transaction);
  const columns = rows.map((column) => {
    const type = sql.raw(column.type);
    return column.notnull ? sql`${sql.ref(column.name)} ${type} not null` : sql`${sql.ref(column.name)} ${type}`;
  });
  const keys = sql.join(key.map((column) => sql.ref(column)));
  const draft = sql.table(`${name}_rekeyed`);
  const order = isWide ? sql`rowid` : keys;
  await sql`create table ${draft} (${sql.join(columns)}, constraint ${sql.ref(`${name}_key`)} primary key (${keys}))
    ${sql.raw(isWide ? '' : 'without rowid')}`.execute(transaction);
  await sql`insert into ${draft} select * from ${sql.table(name)} order by ${order}`.execute(transaction);
  await sql`drop table ${sql.table(name)}`.execute(transaction);
  await sql`alter table ${draft} rename to ${sql.table(name)}`.execute(transaction);
}
