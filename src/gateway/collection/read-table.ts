import { cellOf, readSheet, type SheetSource, TableError, type TableRow, tooManyRows } from '../sheets/index.js';
import { columnWords, type Field, fields, findHeadings, type Headings } from './columns.js';

/** A list as it came: a file of an office, or rows of another program. */
export type ListSource =
  | SheetSource
  | { readonly format: 'json'; readonly rows: readonly Readonly<Partial<Record<Field, string>>>[] };

export interface Table {
  readonly headings: Headings;
  /** Those of members, without empty ones. */
  readonly rows: readonly TableRow[];
}

/** Reads a list of at most `rowsMax` members. Throws TableError where it is none. */
export async function readTable(source: ListSource, required: readonly Field[], rowsMax: number): Promise<Table> {
  if (source.format === 'json') return tableOfRecords(source.rows);
  const all = await readSheet(source, rowsMax);
  const headings = findHeadings(all, required);
  const isFilled = ({ cells }: TableRow) => cells.some((cell, place) => cell && !headings.reasons.has(place));
  const rows = all.filter((row) => row.row > headings.row && isFilled(row) && !isExample(row, headings));
  if (rows.length === 0) throw new TableError('rows-missing', 'no row of a member stands below the headings');
  if (rows.length > rowsMax) throw tooManyRows(rowsMax);
  return { headings, rows };
}

/** The template's own example, left where it was. */
const isExample = ({ cells }: TableRow, { placeOf }: Headings): boolean =>
  cells[placeOf.get('name') ?? -1]?.text === columnWords.name.example;

function tableOfRecords(records: readonly Readonly<Partial<Record<Field, string>>>[]): Table {
  const placeOf = new Map(fields.map((field, place) => [field, place] as const));
  return {
    headings: { row: 0, texts: fields, placeOf, reasons: new Set() },
    rows: records.map((record, index) => ({
      row: index + 1,
      cells: fields.map((field) => cellOf(record[field] ?? '')),
    })),
  };
}
