import { z } from 'zod';
import { fieldIssues } from '../field-issues.js';
import { readNamedRows, type SheetSource, TableError } from '../sheets/index.js';
import type { SaidUnit } from './apply-units.js';
import { newUnitSchema } from './unit.js';
import { type UnitIssue, UnitsError } from './units-error.js';

/** The columns of a file of units. */
export const unitColumns = Object.keys(newUnitSchema.shape);

/** More than a province has. */
const ROWS_MAX = 100_000;

/** A file of units: a workbook, CSV, or a JSON array. */
export interface UnitsSource {
  readonly format: SheetSource['format'] | 'json';
  readonly bytes: Uint8Array;
}

/**
 * Units of a workbook or of CSV, whose columns come in any order, or of a JSON array in UTF-8. Throws {@link UnitsError}
 * with the place of everything that is wrong.
 */
export async function readUnitsFile({ format, bytes }: UnitsSource): Promise<SaidUnit[]> {
  const issues: UnitIssue[] = [];
  const units = (format === 'json' ? rowsOfJson(bytes) : await rowsOfSheet({ format, bytes })).flatMap(
    ({ value, line }, index) => {
      const place = { index, ...(line !== undefined && { line }) };
      const parsed = newUnitSchema.safeParse(value);
      if (parsed.success) return { ...parsed.data, ...place };
      for (const { path, code, message } of fieldIssues(value, parsed.error)) {
        issues.push({ ...place, column: String(path[0] ?? ''), code, message });
      }
      return [];
    },
  );
  if (issues.length > 0) throw new UnitsError(issues);
  return units;
}

interface Row {
  readonly value: unknown;
  readonly line?: number;
}

function rowsOfJson(bytes: Uint8Array): Row[] {
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
      .map((value) => ({ value }));
  } catch {
    throw malformed('a JSON array of units');
  }
}

async function rowsOfSheet(source: SheetSource): Promise<Row[]> {
  const headings: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
    unitColumns.map((column) => [column, []]),
  );
  try {
    const rows = await readNamedRows(source, { headings, keys: ['unit'], rowsMax: ROWS_MAX });
    return rows.map(({ line, values }) => ({ line, value: values }));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw malformed(error.message, error.line);
  }
}

const malformed = (message: string, line?: number): UnitsError =>
  new UnitsError([{ index: 0, ...(line !== undefined && { line }), column: '', code: 'file-malformed', message }]);
