import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** Columns and what their values are. */
export type JsonColumns = Readonly<Record<string, 'text' | 'bigint'>>;

/**
 * Values as rows to join with or to look up, so that a query has one text however many they are. `json`: an array of
 * objects with these columns, as text.
 */
export function rowsOfJson<Row>(kysely: Kysely<Tables>, json: string, columns: JsonColumns): RawBuilder<Row> {
  if (kysely.getExecutor().adapter instanceof PostgresAdapter) {
    const fields = Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`);
    return sql`(select * from json_to_recordset(cast(${json} as json)) as rows_of_json(${sql.join(fields)}))`;
  }
  const fields = Object.keys(columns).map((name) => sql`value ->> ${sql.lit(name)} as ${sql.ref(name)}`);
  return sql`(select ${sql.join(fields)} from json_each(${json}))`;
}
