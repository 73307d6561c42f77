import { plainHeading } from './plain-heading.js';
import { tooManyRows } from './read-csv.js';
import { readSheet, type SheetSource } from './read-sheet.js';
import { isRounded, TableError, type TableRow } from './table.js';

/** What the columns of a file are called, and what it must have. */
export interface NamedColumns<Column extends string> {
  /** How each may be headed, besides by its own name. */
  readonly headings: Readonly<Record<Column, readonly string[]>>;
  /** One of these at least names the row of headings. */
  readonly keys: readonly Column[];
  /** Columns that must be there besides. */
  readonly required?: readonly Column[];
  readonly rowsMax: number;
  /** Whether other columns are passed over; else one is refused, for it may be meant to say something. */
  readonly mayHaveOthers?: boolean;
}

export interface NamedRow<Column extends string> {
  /** The line of a CSV file on which it begins, the row of a sheet; from 1. */
  readonly line: number;
  /** Empty cells are not there. */
  readonly values: Readonly<Partial<Record<Column, string>>>;
  /** Where a spreadsheet has made a number of it and lost digits. */
  readonly rounded: readonly Column[];
}

/** A title, who made the list, when: so many rows may stand above the headings. */
const ROWS_ABOVE_MAX = 20;

/**
 * The rows of a workbook or of CSV by the names of their columns, in any order and either language; empty rows are left
 * out. Throws {@link TableError}, with the line where it has one, for a file that is none, and for a column that is
 * unknown, there twice or missing.
 */
export async function readNamedRows<Column extends string>(
  source: SheetSource,
  columns: NamedColumns<Column>,
): Promise<readonly NamedRow<Column>[]> {
  const rows = await readSheet(source, columns.rowsMax);
  const nameOf = namesOf(columns);
  const place = rows.slice(0, ROWS_ABOVE_MAX).findIndex((row) => {
    const named = row.cells.map((cell) => nameOf.get(plainHeading(cell?.text ?? '')));
    return columns.keys.some((key) => named.includes(key));
  });
  const heading = rows[place];
  if (!heading) {
    throw new TableError(
      'headings-missing',
      `no line at the beginning names the column ${columns.keys.join(' or ')}`,
      1,
    );
  }
  const names = headingsOf(heading, nameOf, columns);
  const named = rows.slice(place + 1).flatMap((row) => toNamed(row, names));
  if (named.length > columns.rowsMax) throw tooManyRows(columns.rowsMax);
  return named;
}

function namesOf<Column extends string>({ headings }: NamedColumns<Column>): ReadonlyMap<string, Column> {
  const entries = Object.entries(headings) as [Column, readonly string[]][];
  return new Map(
    entries.flatMap(([column, others]) => [column, ...others].map((each) => [plainHeading(each), column] as const)),
  );
}

function headingsOf<Column extends string>(
  { row, cells }: TableRow,
  nameOf: ReadonlyMap<string, Column>,
  { headings, required = [], mayHaveOthers = false }: NamedColumns<Column>,
): readonly (Column | undefined)[] {
  const names = Array.from(cells, (cell) => (cell ? nameOf.get(plainHeading(cell.text)) : undefined));
  const unknown = names.findIndex((name, place) => cells[place] !== undefined && name === undefined);
  if (unknown >= 0 && !mayHaveOthers) {
    const known = Object.keys(headings).join(', ');
    throw new TableError('column-unknown', `column ${unknown + 1}: known columns are ${known}`, row);
  }
  const doubled = names.find((name, place) => name !== undefined && names.indexOf(name) < place);
  if (doubled !== undefined) throw new TableError('column-doubled', `the column ${doubled} is there twice`, row);
  const missing = required.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new TableError('column-missing', `there is no column ${missing.join(', ')}`, row);
  return names;
}

function toNamed<Column extends string>(
  { row, cells }: TableRow,
  names: readonly (Column | undefined)[],
): readonly NamedRow<Column>[] {
  const filled = names.flatMap((name, place) => {
    const cell = cells[place];
    return name !== undefined && cell !== undefined ? [{ name, cell }] : [];
  });
  if (filled.length === 0) return [];
  const values = Object.fromEntries(filled.map(({ name, cell }) => [name, cell.text]));
  const rounded = filled.filter(({ cell }) => isRounded(cell)).map(({ name }) => name);
  return [{ line: row, values: values as NamedRow<Column>['values'], rounded }];
}
