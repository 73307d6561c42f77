import { CsvError, parse } from 'csv-parse/sync';
import { CommandError } from '../../exit-codes.js';
import { readNamedFile } from '../../read-named-file.js';
import columns from './columns.json';

export type StepColumn = keyof typeof columns;

/** A row, and the line on which it stands. */
export type StepRow = { readonly line: number } & Readonly<Partial<Record<StepColumn, string>>>;

const malformed = (file: string, message: string, line = 1): CommandError =>
  new CommandError('file-malformed', `${file}, line ${line}: ${message}`);

/**
 * Rows of a CSV file in UTF-8, with `member` or `order` and the columns that are needed. What stands in a row is never
 * part of a message: it may be the number of a card. Throws {@link CommandError}.
 */
export async function readStepsFile(file: string, needed: readonly StepColumn[]): Promise<readonly StepRow[]> {
  const [head, ...rows] = recordsOf(file, await readNamedFile(file));
  const names = head?.record.map(columnOf) ?? [];
  const missing = needed.filter((column) => !names.includes(column));
  if (!names.includes('member') && !names.includes('order')) missing.unshift('member');
  if (missing.length > 0) {
    throw malformed(file, `no column ${missing.map((column) => columns[column].join(' or ')).join(', ')}`);
  }
  return rows.map(({ record, info }) => {
    const cells = names.flatMap((name, index): [string, string][] =>
      name && record[index] ? [[name, record[index]]] : [],
    );
    return { line: info.lines, ...Object.fromEntries(cells) };
  });
}

const columnOf = (name: string): string | undefined =>
  Object.entries(columns).find(([, names]) => names.includes(name))?.[0];

function recordsOf(file: string, content: Uint8Array) {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(content), {
      bom: true,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  } catch (error) {
    if (error instanceof CsvError) throw malformed(file, 'quotation marks do not pair', Number(error.lines) || 1);
    if (error instanceof TypeError) throw malformed(file, 'not UTF-8; a spreadsheet saves it as "CSV UTF-8"');
    throw error;
  }
}
