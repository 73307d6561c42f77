import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { columnOf, isMemberColumn, type MemberColumn, memberColumns, toRecord } from './csv-columns.js';
import { decodeUtf8 } from './decode-utf8.js';
import { MembershipError, type MembershipIssue, type Origin } from './membership-error.js';
import type { RawRecord } from './raw-record.js';

const RECORD_LENGTH_MAX = 64 * 1024;
const REQUIRED = ['member', 'name'] as const;

/**
 * The records of a CSV file (RFC 4180, UTF-8, with or without byte order mark) one after the other. Its first line
 * names the columns, in any order. An empty cell says nothing. Throws {@link MembershipError} where the file cannot be
 * read any further.
 */
export async function* readCsvRecords(content: AsyncIterable<Uint8Array>): AsyncGenerator<RawRecord> {
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: RECORD_LENGTH_MAX,
  });
  const source = Readable.from(decodeUtf8(content));
  source.on('error', (error) => parser.destroy(error));
  let columns: readonly MemberColumn[] | undefined;
  let index = 0;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<CsvRow>) {
      const line = info.lines - record.join('').split(/\r\n|\n|\r/).length + 1;
      if (columns === undefined) columns = checkHeader(record);
      else yield toRawRecord(columns, record, { index: index++, line });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines) || undefined;
    const message =
      error.code === 'CSV_MAX_RECORD_SIZE' ? `a line of more than ${RECORD_LENGTH_MAX} characters` : MALFORMED;
    throw new MembershipError([{ index, line, column: '', code: 'file-malformed', message }]);
  } finally {
    source.destroy();
  }
  if (columns === undefined) checkHeader([]);
}

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const MALFORMED = 'quotation marks do not pair: a cell that holds one is quoted, and the mark itself doubled';

function checkHeader(header: readonly string[]): readonly MemberColumn[] {
  const issues: MembershipIssue[] = [];
  const columns: MemberColumn[] = [];
  const add = (code: MembershipIssue['code'], column: string, message: string) =>
    issues.push({ index: 0, line: 1, column, code, message });
  for (const [place, name] of header.entries()) {
    // A file without a first line of names may have a card number there: what is unknown is not repeated.
    if (!isMemberColumn(name))
      add('unknown-field', `column ${place + 1}`, `known columns: ${memberColumns.join(', ')}`);
    else if (columns.includes(name)) add('unknown-field', name, 'this column is there twice');
    else columns.push(name);
  }
  for (const column of REQUIRED) {
    if (!columns.includes(column)) add('missing', column, 'the first line must name this column');
  }
  if (issues.length > 0) throw new MembershipError(issues);
  return columns;
}

function toRawRecord(columns: readonly MemberColumn[], cells: readonly string[], origin: Origin): RawRecord {
  if (cells.length !== columns.length) {
    const message = `${cells.length} cells, where the first line names ${columns.length} columns`;
    return { origin, issue: { ...origin, column: '', code: 'file-malformed', message } };
  }
  const said = new Map(columns.flatMap((column, place) => (cells[place] ? [[column, cells[place]] as const] : [])));
  const value = toRecord(said);
  if (value !== undefined) return { origin, value, columnOf };
  const message = 'for instance 2015;2016-02-01T10:00:00+08:00/self';
  return { origin, issue: { ...origin, column: 'certified', code: 'wrong-format', message } };
}
