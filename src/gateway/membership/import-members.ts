import { createHmac, type Hmac } from 'node:crypto';
import { deriveKey } from '../derive-key.js';
import { openRecordSorter, type RecordSorter } from '../storage/index.js';
import { checkRecord } from './check-record.js';
import type { ImportOptions, ImportReport, ImportSource } from './import-options.js';
import { noChanges } from './membership-changes.js';
import { MembershipError, type MembershipIssue } from './membership-error.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { addPreparedText, toPreparedText } from './prepared-record.js';
import type { RawRecord } from './raw-record.js';
import { readCsvRecords } from './read-csv-records.js';
import { readJsonRecords } from './read-json-records.js';
import {
  beginRecording,
  followLeavers,
  ISSUES_MAX,
  NOTHING_RECORDED,
  type RecordedChanges,
  recordPart,
  sumOfChanges,
  throwIssues,
} from './record-changes.js';
import { type PutAside, recordInLots } from './record-in-lots.js';

/** More than a province has members; a file that is longer is no list of members. */
const RECORDS_MAX = 5_000_000;

/** Records that are handed on together: both engines take some 32,000 values in a statement. */
const LOT = 500;

/** What a database with one writer records in one transaction, within a second or so. */
const TOGETHER_MAX = 5000;

/**
 * Loads members with their cards, certifications and card states from a CSV or JSON file, in bounded memory however
 * long it is. The whole file is checked and put aside, sorted, before anything is recorded; then everything is recorded
 * or nothing: in one transaction, or, of a long file on a database with one writer, in lots (`recordInLots`). The same
 * file again changes nothing. Throws {@link MembershipError} with the place of everything that is wrong.
 */
export async function importMembers(options: ImportOptions): Promise<ImportReport> {
  const sorter = openRecordSorter();
  try {
    const aside = await putAside(sorter, options);
    const isLong = options.database.kind === 'libsql' && aside.records > (options.togetherMax ?? TOGETHER_MAX);
    const recorded = await (isLong ? recordInLots(aside, options) : recordTogether(aside, options));
    await options.afterRecording?.();
    return { records: aside.records, ...recorded };
  } finally {
    sorter.close();
  }
}

async function putAside(sorter: RecordSorter, options: ImportOptions): Promise<PutAside> {
  const { tokenKey, personalDataKey, formerDataKeys, random, source, onProgress } = options;
  const keys = { tokenKey, cipher: createPersonalDataCipher(personalDataKey, random, formerDataKeys) };
  const digest = createHmac('sha256', deriveKey(tokenKey, 'yongtap member files'));
  const issues: MembershipIssue[] = [];
  let records = 0;
  for await (const raw of read(source, digest)) {
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
  return { sorter, records, file: digest.digest('hex') };
}

function recordTogether({ sorter }: PutAside, options: ImportOptions): Promise<RecordedChanges> {
  return options.database.inTransaction(async (transaction) => {
    const recording = beginRecording(options, transaction, { isBulk: true });
    let recorded = NOTHING_RECORDED;
    let records = 0;
    for (const lot of sorter.lots(LOT)) {
      const changes = noChanges();
      for (const { text } of lot) addPreparedText(changes, text);
      recorded = sumOfChanges(recorded, await recordPart(recording, changes));
      await followLeavers(options, recording);
      if (recording.issues.length >= ISSUES_MAX) break;
      records += lot.length;
      options.onProgress?.({ phase: 'recording', records });
    }
    throwIssues(recording);
    return recorded;
  });
}

function read(source: ImportSource, digest: Hmac): AsyncGenerator<RawRecord> {
  const content = hashed('text' in source ? asBytes(source.text) : source.content, digest);
  return source.format === 'csv' ? readCsvRecords(content) : readJsonRecords(content);
}

async function* asBytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function* hashed(content: AsyncIterable<Uint8Array>, digest: Hmac): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    digest.update(bytes);
    yield bytes;
  }
}
