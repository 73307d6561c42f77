import { createInterface } from 'node:readline';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type ClaimedRecord, toClaimedRecord } from './claimed-record.js';
import { ReconciliationError } from './reconciliation-error.js';

export interface ClaimsFile {
  readonly format: 'csv' | 'ndjson';
  readonly content: AsyncIterable<Uint8Array>;
  readonly operator: string;
}

/** The records of an operator's file as they are read, whatever its length. Throws {@link ReconciliationError}. */
export function readClaims(file: ClaimsFile): AsyncGenerator<ClaimedRecord> {
  return file.format === 'csv' ? readCsv(file) : readNdjson(file);
}

const RECORD_CHARACTERS_MAX = 64 * 1024;

async function* readCsv({ content, operator }: ClaimsFile): AsyncGenerator<ClaimedRecord> {
  const parser = parse({
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: RECORD_CHARACTERS_MAX,
  });
  // Whatever breaks the file off reaches the one who reads its records.
  pipeline(Readable.from(content), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: { lines: number } }>) {
      yield toClaimedRecord(record, info.lines, operator);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ReconciliationError(Number(error.lines ?? 1), '', 'not CSV with a line of columns first');
  }
}

async function* readNdjson({ content, operator }: ClaimsFile): AsyncGenerator<ClaimedRecord> {
  let line = 0;
  for await (const text of createInterface({ input: Readable.from(content), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ReconciliationError(line, '', 'not JSON');
    }
    yield toClaimedRecord(value, line, operator);
  }
}
