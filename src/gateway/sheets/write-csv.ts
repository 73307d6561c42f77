import { noFormula } from '../no-formula.js';

/** Excel takes a CSV file for UTF-8 only where this mark tells it. */
const MARK = '\ufeff';

/** A spreadsheet takes it for a number, and loses its last digits. */
const LONG_NUMBER = /^\d{12,}$/;

/** A table as CSV that a spreadsheet opens as it is: in UTF-8 with a mark, numbers as text, nothing a formula. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  MARK + rows.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');

function toCell(text: string): string {
  const safe = LONG_NUMBER.test(text) ? `\t${text}` : noFormula(text);
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
