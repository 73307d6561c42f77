import { checkRecord } from './check-record.js';
import { addRecord, noChanges } from './membership-changes.js';
import { MembershipError, type MembershipIssue } from './membership-error.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import type { RawRecord } from './raw-record.js';
import { readCsvRecords } from './read-csv-records.js';
import { readJsonRecords } from './read-json-records.js';
import { ISSUES_MAX, type MembershipOptions, type RecordedChanges, recordChanges } from './record-changes.js';

/** A member file, as bytes to be read as they come, or as text. */
export type ImportSource =
  | { readonly format: 'json' | 'csv'; readonly content: AsyncIterable<Uint8Array> }
  | { readonly format: 'json' | 'csv'; readonly text: string };

export interface ImportOptions extends MembershipOptions {
  readonly source: ImportSource;
}

export interface ImportReport extends RecordedChanges {
  /** How many records the file has. */
  readonly records: number;
}

/** One transaction takes so many; a longer file is handed in in parts, in any order and as often as one likes. */
const RECORDS_MAX = 200_000;

/**
 * Loads members with their cards, certifications and card states from a CSV or JSON file. The whole file is checked
 * before anything is recorded, and everything is recorded or nothing. The same file again changes nothing. Throws
 * {@link MembershipError} with the place of everything that is wrong.
 */
export async function importMembers(options: ImportOptions): Promise<ImportReport> {
  const issues: MembershipIssue[] = [];
  const changes = noChanges();
  const { tokenKey, personalDataKey, formerDataKeys, random } = options;
  const keys = { tokenKey, cipher: createPersonalDataCipher(personalDataKey, random, formerDataKeys) };
  let records = 0;
  for await (const raw of read(options.source)) {
    if (++records > RECORDS_MAX) {
      const message = `more than ${RECORDS_MAX} records: hand them in in parts`;
      throw new MembershipError([...issues, { ...raw.origin, column: '', code: 'too-many-records', message }]);
    }
    const checked = checkRecord(raw);
    if (checked.issues) issues.push(...checked.issues.slice(0, ISSUES_MAX - issues.length));
    else addRecord(changes, checked.record, raw.origin, keys);
    if (issues.length >= ISSUES_MAX) break;
  }
  if (issues.length > 0) throw new MembershipError(issues);
  return { records, ...(await recordChanges(options, changes)) };
}

function read(source: ImportSource): AsyncGenerator<RawRecord> {
  const content = 'text' in source ? asBytes(source.text) : source.content;
  return source.format === 'csv' ? readCsvRecords(content) : readJsonRecords(content);
}

async function* asBytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
