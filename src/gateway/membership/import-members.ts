import { openRecordSorter, type RecordSorter } from '../storage/index.js';
import { checkRecord } from './check-record.js';
import { noChanges } from './membership-changes.js';
import { MembershipError, type MembershipIssue } from './membership-error.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { addPreparedText, toPreparedText } from './prepared-record.js';
import type { RawRecord } from './raw-record.js';
import { readCsvRecords } from './read-csv-records.js';
import { readJsonRecords } from './read-json-records.js';
import {
  beginRecording,
  ISSUES_MAX,
  type MembershipOptions,
  NOTHING_RECORDED,
  type RecordedChanges,
  recordPart,
  throwIssues,
} from './record-changes.js';

/** A member file, as bytes to be read as they come, or as text. */
export type ImportSource =
  | { readonly format: 'json' | 'csv'; readonly content: AsyncIterable<Uint8Array> }
  | { readonly format: 'json' | 'csv'; readonly text: string };

/** How far an import is: reading, of which nobody knows how many records are left, and then recording them. */
export interface ImportProgress {
  readonly phase: 'reading' | 'recording';
  readonly records: number;
}

export interface ImportOptions extends MembershipOptions {
  readonly source: ImportSource;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportReport extends RecordedChanges {
  /** How many records the file has. */
  readonly records: number;
}

/** More than a province has members; a file that is longer is no list of members. */
const RECORDS_MAX = 5_000_000;

/** Records that are handed on together: both engines take some 32,000 values in a statement. */
const LOT = 500;

/**
 * Loads members with their cards, certifications and card states from a CSV or JSON file, in bounded memory however
 * long it is. The whole file is checked and put aside, sorted, before anything is recorded; then everything is recorded
 * or nothing. The same file again changes nothing. Throws {@link MembershipError} with the place of everything that is
 * wrong.
 */
export async function importMembers(options: ImportOptions): Promise<ImportReport> {
  const sorter = openRecordSorter();
  try {
    const records = await putAside(sorter, options);
    const recorded = await recordAll(sorter, options);
    await options.afterRecording?.();
    return { records, ...recorded };
  } finally {
    sorter.close();
  }
}

async function putAside(sorter: RecordSorter, options: ImportOptions): Promise<number> {
  const { tokenKey, personalDataKey, formerDataKeys, random, source, onProgress } = options;
  const keys = { tokenKey, cipher: createPersonalDataCipher(personalDataKey, random, formerDataKeys) };
  const issues: MembershipIssue[] = [];
  let records = 0;
  for await (const raw of read(source)) {
    if (++records > RECORDS_MAX) {
      const message = `more than ${RECORDS_MAX} records: hand them in in parts`;
      throw new MembershipError([...issues, { ...raw.origin, column: '', code: 'too-many-records', message }]);
    }
    const checked = checkRecord(raw);
    if (checked.issues) issues.push(...checked.issues.slice(0, ISSUES_MAX - issues.length));
    else if (issues.length === 0) {
      sorter.put(checked.record.member, toPreparedText(checked.record, raw.origin, keys));
    }
    if (issues.length >= ISSUES_MAX) break;
    if (records % LOT === 0) onProgress?.({ phase: 'reading', records });
  }
  if (issues.length > 0) throw new MembershipError(issues);
  return records;
}

function recordAll(sorter: RecordSorter, options: ImportOptions): Promise<RecordedChanges> {
  return options.database.inTransaction(async (transaction) => {
    const recording = beginRecording(options, transaction, { isBulk: true });
    let recorded = NOTHING_RECORDED;
    let records = 0;
    for (const lot of sorter.lots(LOT)) {
      const changes = noChanges();
      for (const { text } of lot) addPreparedText(changes, text);
      recorded = sum(recorded, await recordPart(recording, changes));
      if (recording.issues.length >= ISSUES_MAX) break;
      records += lot.length;
      options.onProgress?.({ phase: 'recording', records });
    }
    throwIssues(recording);
    return recorded;
  });
}

const sum = (one: RecordedChanges, other: RecordedChanges): RecordedChanges => ({
  members: one.members + other.members,
  cards: one.cards + other.cards,
  certifications: one.certifications + other.certifications,
  states: one.states + other.states,
});

function read(source: ImportSource): AsyncGenerator<RawRecord> {
  const content = 'text' in source ? asBytes(source.text) : source.content;
  return source.format === 'csv' ? readCsvRecords(content) : readJsonRecords(content);
}

async function* asBytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
