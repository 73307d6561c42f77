import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { fieldIssues } from '../field-issues.js';
import type { SaidUnit } from './apply-units.js';
import { newUnitSchema } from './unit.js';
import { type UnitIssue, UnitsError } from './units-error.js';

/** The columns of a file of units. */
export const unitColumns = Object.keys(newUnitSchema.shape);

const RECORD_LENGTH_MAX = 4096;

/**
 * Units of a CSV file (UTF-8; its first line names the columns, in any order) or of a JSON array. Throws
 * {@link UnitsError} with the place of everything that is wrong.
 */
export function readUnitsFile(text: string, format: 'csv' | 'json'): SaidUnit[] {
  const issues: UnitIssue[] = [];
  const units = (format === 'csv' ? rowsOfCsv(text) : rowsOfJson(text)).flatMap(({ value, line }, index) => {
    const place = { index, ...(line !== undefined && { line }) };
    const parsed = newUnitSchema.safeParse(value);
    if (parsed.success) return { ...parsed.data, ...place };
    for (const { path, code, message } of fieldIssues(value, parsed.error)) {
      issues.push({ ...place, column: String(path[0] ?? ''), code, message });
    }
    return [];
  });
  if (issues.length > 0) throw new UnitsError(issues);
  return units;
}

interface Row {
  readonly value: unknown;
  readonly line?: number;
}

function rowsOfJson(text: string): Row[] {
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(text))
      .map((value) => ({ value }));
  } catch {
    throw malformed('a JSON array of units');
  }
}

function rowsOfCsv(text: string): Row[] {
  let columns: readonly string[] | undefined;
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      trim: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: RECORD_LENGTH_MAX,
    }) as unknown as { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    return rows.flatMap(({ record, info }) => {
      if (columns) return { value: toValue(columns, record), line: info.lines };
      columns = record;
      const unknown = record.findIndex((name) => !unitColumns.includes(name));
      if (unknown >= 0) throw malformed(`column ${unknown + 1}: known columns are ${unitColumns.join(', ')}`, 1);
      return [];
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw malformed('quotation marks do not pair, or a line is too long', Number(error.lines) || undefined);
  }
}

const toValue = (columns: readonly string[], cells: readonly string[]): unknown =>
  Object.fromEntries(columns.flatMap((column, place) => (cells[place] ? [[column, cells[place]]] : [])));

const malformed = (message: string, line?: number): UnitsError =>
  new UnitsError([{ index: 0, ...(line !== undefined && { line }), column: '', code: 'file-malformed', message }]);
