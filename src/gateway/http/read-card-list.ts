import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type BulkRow, fromCells, stepColumns } from '../cards/index.js';
import { fieldIssues } from '../field-issues.js';
import { memberNumberSchema } from '../membership/index.js';
import { CSV, readNamedRows, sheetFormats, TableError, XLSX } from '../sheets/index.js';
import { parseJson } from './parse-json.js';
import { Problem } from './problem.js';
import { mediaTypeOf } from './read-stream.js';
import { readWhole } from './read-whole.js';

/** What one request may hold; it takes some seconds. */
export const LIST_ROWS_MAX = 500;
const BYTES_MAX = 4 * 1024 * 1024;

type Column = keyof typeof stepColumns;

interface RawRow {
  readonly line: number;
  readonly value: unknown;
  /** Where a spreadsheet has lost digits. */
  readonly rounded: readonly string[];
}

/**
 * The rows of a list of cards, a JSON array, a workbook or CSV, each held against its schema for itself; nothing of a row
 * is repeated but the number of its member. A file may have further columns. Throws Problem where it is no list.
 */
export async function readCardList<Row extends z.ZodObject>(
  request: IncomingMessage,
  schema: Row,
): Promise<readonly BulkRow<z.infer<Row>>[]> {
  const mediaType = mediaTypeOf(request) ?? '';
  const format = sheetFormats[mediaType];
  if (!format && mediaType !== 'application/json') {
    throw new Problem('media-type-unsupported', { detail: `${XLSX}, ${CSV} or application/json` });
  }
  const bytes = await readWhole(request, BYTES_MAX);
  const rows = format ? await rowsOfSheet({ format, bytes }, schema) : rowsOfArray(parseJson(bytes));
  return rows.map((row) => toRow(row, schema));
}

async function rowsOfSheet(
  source: Parameters<typeof readNamedRows>[0],
  schema: z.ZodObject,
): Promise<readonly RawRow[]> {
  const names = (Object.keys(stepColumns) as Column[]).filter((column) => column in schema.shape);
  const headings = Object.fromEntries(names.map((name) => [name, stepColumns[name]]));
  const keys: readonly Column[] = names.filter((name) => name === 'member' || name === 'order');
  const required = names.filter((name) => !schema.shape[name]!.safeParse(undefined).success && !keys.includes(name));
  try {
    const columns = { headings, keys, required, rowsMax: LIST_ROWS_MAX, mayHaveOthers: true };
    const rows = await readNamedRows<string>(source, columns);
    if (rows.length === 0) throw new TableError('rows-missing', 'no row stands below the headings');
    return rows.map(({ values, ...row }) => ({ ...row, value: fromCells(values) }));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const { code, line, message } = error;
    const detail = line === undefined ? message : `line ${line}: ${message}`;
    throw new Problem('card-list-unreadable', { code, detail });
  }
}

function rowsOfArray(value: unknown): readonly RawRow[] {
  const parsed = z.array(z.unknown()).min(1).max(LIST_ROWS_MAX).safeParse(value);
  if (!parsed.success) throw new Problem('request-invalid', { detail: `an array of 1 to ${LIST_ROWS_MAX} rows` });
  return parsed.data.map((each, index) => ({ line: index + 1, value: each, rounded: [] }));
}

function toRow<Row extends z.ZodObject>({ line, value, rounded }: RawRow, schema: Row): BulkRow<z.infer<Row>> {
  const said = memberNumberSchema.safeParse((value as { readonly member?: unknown } | null)?.member);
  const place = { line, ...(said.success && { member: said.data }) };
  const parsed = schema.safeParse(value);
  if (parsed.success && rounded.length === 0) return { ...place, said: parsed.data };
  const issues = parsed.success ? [] : fieldIssues(value, parsed.error);
  const wrong = issues.map(({ path }) => String(path[0] ?? 'row'));
  return { ...place, wrong: [...new Set([...rounded, ...wrong])] };
}
