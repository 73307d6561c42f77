import { fromCells } from '../../../gateway/cards/bulk/from-cells.js';
import columns from '../../../gateway/cards/bulk/step-columns.json';
import { readNamedRows, TableError } from '../../../gateway/sheets/index.js';
import { CommandError } from '../../exit-codes.js';
import { readNamedFile } from '../../read-named-file.js';

export type StepColumn = keyof typeof columns;

/** A row, and the line on which it stands. */
export type StepRow = { readonly line: number } & StepRowValues;

type StepRowValues = Readonly<Partial<Record<StepColumn, string | number>>>;

/** So many are read and sent, in parts. */
const ROWS_MAX = 100_000;

/** What has lost digits is no number any more: the gateway refuses the row, and names the column. */
const emptied = (columns: readonly StepColumn[]): StepRowValues =>
  Object.fromEntries(columns.map((each) => [each, '']));

/**
 * Rows of a workbook (`.xlsx`) or of CSV, with the member or the order and the columns that are needed; others are passed
 * over. What stands in a row is never part of a message: it may be the number of a card. Throws {@link CommandError}.
 */
export async function readStepsFile(file: string, needed: readonly StepColumn[]): Promise<readonly StepRow[]> {
  const bytes = await readNamedFile(file);
  const format = /\.xlsx$/i.test(file) ? 'xlsx' : 'csv';
  const wanted = {
    headings: columns,
    keys: ['member', 'order'],
    required: needed,
    rowsMax: ROWS_MAX,
    mayHaveOthers: true,
  };
  try {
    const rows = await readNamedRows<StepColumn>({ format, bytes }, wanted as never);
    return rows.map(({ line, values, rounded }) => ({ line, ...fromCells(values), ...emptied(rounded) }));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const place = error.line === undefined ? file : `${file}, line ${error.line}`;
    throw new CommandError('file-malformed', `${place}: ${error.message}`);
  }
}
