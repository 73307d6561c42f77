/** A cell as a file has it: text, or a number, in the digits that the file keeps. */
export interface Cell {
  readonly text: string;
  /** The program that wrote it took it for a number. */
  readonly isNumber?: boolean;
}

export interface TableRow {
  /** In the file, from 1. */
  readonly row: number;
  /** Empty ones are `undefined`. */
  readonly cells: readonly (Cell | undefined)[];
}

export type TableFormat = 'xlsx' | 'csv';

/** Why a file cannot be read as a table. Stable. */
export type TableIssue =
  | 'file-not-readable'
  | 'encoding-unknown'
  | 'too-many-rows'
  | 'file-too-large-unpacked'
  | 'workbook-protected'
  | 'headings-missing'
  | 'column-unknown'
  | 'column-missing'
  | 'column-doubled'
  | 'rows-missing';

/** A file that is no table of what was asked for; nothing of it was taken. */
export class TableError extends Error {
  override readonly name = 'TableError';

  constructor(
    readonly code: TableIssue,
    message: string,
    /** In the file, from 1, where it has a place. */
    readonly line?: number,
  ) {
    super(message);
  }
}

/** More columns than any list has; what stands further right is not looked at. */
export const COLUMNS_MAX = 64;

/** A cell is cut there: what is longer fits no field. */
export const CELL_LENGTH_MAX = 1000;

/** Rows above the headings, and empty ones between, beside those of members. */
export const SPARE_ROWS = 1000;

/** A number of more digits is none any more once a double has held it (IEEE 754). */
const DIGITS_KEPT = 15;

/** Whether a program took it for a number that it cannot keep. */
export const isRounded = (cell: Cell | undefined): boolean =>
  cell !== undefined &&
  (/^\d([.,]\d+)?E\+?\d+$/i.test(cell.text) ||
    (cell.isNumber === true && cell.text.replace(/\D/g, '').length > DIGITS_KEPT));

export const cellOf = (text: string, isNumber = false): Cell | undefined => {
  const trimmed = trim(text);
  return trimmed === '' ? undefined : isNumber ? { text: trimmed, isNumber } : { text: trimmed };
};

/** Without blanks of all widths and invisible marks at both ends, and without what marks a text as one: '0012, ="0012". */
function trim(text: string): string {
  let plain = text.slice(0, CELL_LENGTH_MAX);
  for (let before = ''; before !== plain; ) {
    before = plain;
    plain = plain
      .replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '')
      .replace(/^="([^"]*)"$/, '$1')
      .replace(/^'/, '');
  }
  return plain;
}
