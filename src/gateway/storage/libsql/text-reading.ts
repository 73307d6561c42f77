import type Database from 'libsql';

/** Runs a query. */
export type TextReading<Row> = (values: readonly unknown[]) => Row[];

/**
 * A query whose rows are put together as JSON by the database and taken apart at once. Each value that the driver hands
 * over by itself, under the name of its column, costs more than reading it.
 */
export function createTextReading<Row>(database: Database.Database, sql: string): TextReading<Row> {
  const columns = database
    .prepare(sql)
    .columns()
    .map(({ name }) => name);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const statement = database.prepare(`select json_group_array(json_array(${names})) as text from (${sql})`);
  return (values) => {
    const [row] = statement.all(values) as [{ readonly text: string }];
    return (JSON.parse(row.text) as unknown[][]).map((of) => toRow(columns, of) as Row);
  };
}

function toRow(columns: readonly string[], values: readonly unknown[]): object {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) row[columns[index]!] = values[index];
  return row;
}
