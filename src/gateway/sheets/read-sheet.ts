import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import type { TableFormat, TableRow } from './table.js';

/** A file of an office. */
export interface SheetSource {
  readonly format: TableFormat;
  readonly bytes: Uint8Array;
}

export const CSV = 'text/csv';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The formats by their media types. */
export const sheetFormats: Readonly<Record<string, TableFormat>> = {
  [XLSX]: 'xlsx',
  [CSV]: 'csv',
};

/** The rows of a workbook or of CSV. Throws TableError. */
export const readSheet = async ({ format, bytes }: SheetSource, rowsMax: number): Promise<readonly TableRow[]> =>
  format === 'xlsx' ? readXlsx(bytes, rowsMax) : readCsv(bytes, rowsMax);
