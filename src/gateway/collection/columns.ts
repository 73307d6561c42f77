import { plainHeading, TableError, type TableRow } from '../sheets/index.js';
import columns from './data/columns.json';

/** What a list tells of a member. */
export type Field = keyof typeof columns;

export const fields = Object.keys(columns) as readonly Field[];

export interface ColumnWords {
  readonly name: string;
  readonly nameZh: string;
  readonly width: number;
  readonly example: string;
  readonly note: string;
  readonly noteZh: string;
}

export const columnWords: Readonly<Record<Field, ColumnWords>> = columns;

/** Heads the last column of rows that came back; a file that is handed in again may have it. */
export const REASON_HEADING = '原因 reason';

const FIELD_OF: ReadonlyMap<string, Field> = new Map(
  fields.flatMap((field) => {
    const { name, nameZh, others } = columns[field];
    return [field, name, nameZh, nameZh + name, ...others].map((each) => [plainHeading(each), field] as const);
  }),
);

const REASONS = new Set([REASON_HEADING, '原因', 'reason'].map(plainHeading));

/** Whether a column says why rows came back the time before. */
export const isReason = (heading: string): boolean => REASONS.has(plainHeading(heading));

export interface Headings {
  /** In the file, from 1. */
  readonly row: number;
  readonly texts: readonly string[];
  /** Where each field stands. */
  readonly placeOf: ReadonlyMap<Field, number>;
  /** Columns that say why rows came back the time before. */
  readonly reasons: ReadonlySet<number>;
}

const fieldOf = (heading: string): Field | undefined =>
  FIELD_OF.get(plainHeading(heading)) ??
  heading
    .split('\n')
    .map((line) => FIELD_OF.get(plainHeading(line)))
    .find(Boolean);

/** Rows that may stand above the headings: a title, who made the list, when. */
const ROWS_ABOVE_MAX = 20;

/**
 * Finds the row of headings: the first that names a member's name and document. Throws {@link TableError} where there is
 * none, where a column that must be there is not, and where one is there twice.
 */
export function findHeadings(rows: readonly TableRow[], required: readonly Field[]): Headings {
  for (const { row, cells } of rows.slice(0, ROWS_ABOVE_MAX)) {
    const texts = Array.from(cells, (cell) => cell?.text ?? '');
    const known = texts.map(fieldOf);
    if (!known.includes('name') || !known.includes('identityNumber')) continue;
    const placeOf = new Map<Field, number>();
    for (const [place, field] of known.entries()) {
      if (field === undefined) continue;
      if (placeOf.has(field)) throw new TableError('column-doubled', `two columns are ${wordsOf(field)}`);
      placeOf.set(field, place);
    }
    const missing = required.filter((field) => !placeOf.has(field));
    if (missing.length > 0) {
      throw new TableError('column-missing', `there is no column ${missing.map(wordsOf).join(', ')}`);
    }
    const reasons = texts.flatMap((text, place) => (isReason(text) ? [place] : []));
    return { row, texts, placeOf, reasons: new Set(reasons) };
  }
  const wanted = required.map(wordsOf).join(', ');
  throw new TableError('headings-missing', `no row at the beginning names the columns: ${wanted}`);
}

const wordsOf = (field: Field): string => `${columns[field].nameZh} (${columns[field].name})`;
