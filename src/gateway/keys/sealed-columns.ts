import declared from './sealed-columns.json';

/** A column under the key of personal data. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The table's primary key: its values, with `between` between them, name the row that a value is sealed for. */
  readonly key: readonly string[];
  readonly between?: string;
}

/**
 * Every column that is sealed under the key of personal data, and so has to be sealed anew when that key changes. One
 * that is missing fails a test.
 */
export const sealedColumns: readonly SealedColumn[] = declared;
