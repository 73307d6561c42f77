import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { decodeStream, delimiterOf, TableError } from '../../sheets/index.js';
import { claimColumns } from './claim-columns.js';
import { type ClaimedRecord, toClaimedRecord } from './claimed-record.js';
import { ReconciliationError } from './reconciliation-error.js';

export interface ClaimsFile {
  readonly format: 'csv' | 'ndjson';
  readonly content: AsyncIterable<Uint8Array>;
  readonly operator: string;
}

const RECORD_CHARACTERS_MAX = 64 * 1024;

/**
 * The records of an operator's file as they are read, whatever its length, its encoding and what separates its cells.
 * Throws {@link ReconciliationError}.
 */
export async function* readClaims({ format, content, operator }: ClaimsFile): AsyncGenerator<ClaimedRecord> {
  let line = 1;
  const records = format === 'csv' ? readCsv(decodeStream(content)) : readNdjson(decodeStream(content));
  try {
    for await (const { record, line: read } of records) {
      line = read;
      yield toClaimedRecord(record, line, operator);
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    throw new ReconciliationError(line, '', error.message);
  }
}

interface ReadRecord {
  readonly record: unknown;
  readonly line: number;
}

async function* readCsv(texts: AsyncGenerator<string>): AsyncGenerator<ReadRecord> {
  const beginning = await readHeadings(texts);
  if (beginning.trim() === '') throw new ReconciliationError(1, '', 'there is no line of columns');
  const line = beginning.slice(0, beginning.search(/\S/)).split('\n').length;
  const parser = parse({
    columns: (names: string[]) => claimColumns(names, line),
    delimiter: delimiterOf(beginning),
    trim: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: RECORD_CHARACTERS_MAX,
  });
  // Whatever breaks the file off reaches the one who reads its records.
  pipeline(Readable.from(joined(beginning, texts)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: { lines: number } }>) {
      yield { record, line: info.lines };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ReconciliationError(Number(error.lines ?? 1), '', 'not CSV with a line of columns first');
  }
}

/** So much that the first line is in it. */
async function readHeadings(texts: AsyncGenerator<string>): Promise<string> {
  let beginning = '';
  while (!/\S.*[\r\n]/.test(beginning) && beginning.length < RECORD_CHARACTERS_MAX) {
    const { value, done } = await texts.next();
    if (done) break;
    beginning += value;
  }
  return beginning;
}

async function* joined(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield beginning;
  yield* rest;
}

async function* readNdjson(texts: AsyncIterable<string>): AsyncGenerator<ReadRecord> {
  let line = 0;
  for await (const text of linesOf(texts)) {
    line++;
    if (text.length > RECORD_CHARACTERS_MAX) throw new ReconciliationError(line, '', 'too long for a record');
    if (text.trim() === '') continue;
    try {
      yield { record: JSON.parse(text) as unknown, line };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new ReconciliationError(line, '', 'not JSON');
    }
  }
}

/** A line that is too long is cut: it is a line too much already. */
async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > RECORD_CHARACTERS_MAX) break;
  }
  yield rest;
}
