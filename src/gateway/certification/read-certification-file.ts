import { CsvError, parse } from 'csv-parse/sync';
import { memberNumberSchema } from '../membership/index.js';
import type { CertificationWish } from './apply-certifications.js';
import columnNames from './certification-columns.json';
import { confirmedFieldsSchema } from './confirmed-fields.js';

type Column = keyof typeof columnNames;

/** A row as an office has it, and the line or row of the sheet on which it stands, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** One row of a file: whom it certifies, or which columns are wrong. */
export type FileWish =
  | { readonly line: number; readonly wish: CertificationWish }
  | { readonly line: number; readonly member?: string; readonly wrong: readonly string[] };

/** The file as a whole cannot be read. */
export class CertificationFileError extends Error {
  override readonly name = 'CertificationFileError';
  readonly code = 'file-malformed';

  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

const ROWS_MAX = 20_000;
const CELL_MAX = 4096;
const SEX: Readonly<Record<string, string>> = { 男: 'male', 女: 'female' };

/** Rows of a CSV file (RFC 4180, UTF-8). Throws {@link CertificationFileError}. */
export function rowsOfCsv(content: Uint8Array): SheetRow[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    const rows = parse(text, {
      bom: true,
      info: true,
      trim: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: CELL_MAX,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) {
      throw new CertificationFileError(Number(error.lines) || 1, 'quotation marks do not pair, or a line is too long');
    }
    if (error instanceof TypeError) {
      throw new CertificationFileError(1, 'not UTF-8; a spreadsheet saves it as "CSV UTF-8"');
    }
    throw error;
  }
}

/**
 * Whom the rows certify. The first row names the columns, in English or Chinese and in any order: `member`, and what is
 * corrected; an empty cell confirms what is in the register. Throws {@link CertificationFileError}.
 */
export function wishesOfRows(rows: readonly SheetRow[]): readonly FileWish[] {
  const [header, ...others] = rows;
  const columns = (header?.cells ?? []).map(columnOf);
  const line = header?.line ?? 1;
  const unknown = columns.indexOf(undefined);
  if (unknown >= 0) {
    const known = Object.keys(columnNames).join(', ');
    throw new CertificationFileError(line, `column ${unknown + 1}: known columns are ${known}`);
  }
  if (!columns.includes('member')) throw new CertificationFileError(line, 'the first line must name the column member');
  if (new Set(columns).size < columns.length) throw new CertificationFileError(line, 'a column is there twice');
  if (others.length > ROWS_MAX) throw new CertificationFileError(line, `more than ${ROWS_MAX} rows: cut the file`);
  return others.map((row) => toWish(columns as readonly Column[], row));
}

const columnOf = (name: string): Column | undefined =>
  (Object.entries(columnNames) as [Column, readonly string[]][]).find(
    ([column, names]) => column === name || names.includes(name),
  )?.[0];

function toWish(columns: readonly Column[], { line, cells }: SheetRow): FileWish {
  const said = Object.fromEntries(columns.flatMap((column, place) => (cells[place] ? [[column, cells[place]]] : [])));
  const { member, sex, ...others } = said as Partial<Record<Column, string>>;
  const parsedMember = memberNumberSchema.safeParse(member);
  const fields = confirmedFieldsSchema.safeParse({ ...others, ...(sex !== undefined && { sex: SEX[sex] ?? sex }) });
  if (parsedMember.success && fields.success) return { line, wish: { member: parsedMember.data, said: fields.data } };
  const wrong = fields.success ? [] : fields.error.issues.map(({ path }) => String(path[0]));
  return {
    line,
    ...(parsedMember.success && { member: parsedMember.data }),
    wrong: [...(parsedMember.success ? [] : ['member']), ...new Set(wrong)],
  };
}
