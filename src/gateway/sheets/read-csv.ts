import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.js';
import { COLUMNS_MAX, cellOf, SPARE_ROWS, TableError, type TableRow } from './table.js';

const DELIMITERS = [',', '\t', ';', '，', '；'] as const;
const RECORD_LENGTH_MAX = 64 * 1024;
const SAMPLE_LINES = 20;

/**
 * The rows of a CSV file, whatever separates its cells. A number in exponential form was one before a spreadsheet wrote
 * the file. Throws {@link TableError}.
 */
export function readCsv(bytes: Uint8Array, rowsMax: number): TableRow[] {
  const text = decodeText(bytes);
  const limit = rowsMax + SPARE_ROWS;
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: RECORD_LENGTH_MAX,
      to: limit + 1,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    if (rows.length > limit) throw tooManyRows(rowsMax);
    return rows.map(({ record, info }) => ({
      row: info.lines - record.join('').split(/\r\n|\n|\r/).length + 1,
      cells: record.slice(0, COLUMNS_MAX).map((cell) => cellOf(cell, isExponential(cell))),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableError(
      'file-not-readable',
      'quotation marks do not pair, or the line is too long',
      Number(error.lines) || 1,
    );
  }
}

export const tooManyRows = (rowsMax: number): TableError =>
  new TableError('too-many-rows', `at most ${rowsMax} rows: hand the list in in parts`);

const isExponential = (cell: string): boolean => /^\s*\d([.,]\d+)?E\+?\d+\s*$/i.test(cell);

/** What most lines at the beginning have, the headings too; of several the one that they have most of. */
export function delimiterOf(text: string): string {
  const lines = text.slice(0, RECORD_LENGTH_MAX).split(/\r\n|\n|\r/, SAMPLE_LINES);
  const weights = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.filter(Boolean).length * RECORD_LENGTH_MAX + total;
  });
  return DELIMITERS[weights.indexOf(Math.max(...weights))]!;
}
