import type { Insertable, Transaction } from 'kysely';
import type { Tables } from '../storage/index.js';

/** Both engines take some 32,000 values in a statement; a row has at most 22. */
const ROWS_MAX = 500;

/** Inserts any number of rows. */
export async function insertRows<Table extends keyof Tables & string>(
  transaction: Transaction<Tables>,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_MAX) {
    await transaction
      .insertInto(table)
      .values(rows.slice(start, start + ROWS_MAX))
      .execute();
  }
}
