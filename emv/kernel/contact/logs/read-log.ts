import { readRecord } from '../../../apdu/index.js';
import { listedTags } from '../../listed-tags.js';
import type { SelectedApplication } from '../../selected-application.js';
import { STATUS_NO_RECORD, STATUS_OK } from '../../status-word.js';
import { proceed, type Step, terminate } from '../../transaction-outcome.js';
import { type ContactExchange, transmit } from '../contact-exchange.js';
import { readObject } from '../read-object.js';
import { selectForReading } from '../select-application.js';
import { type LogEntry, readLoadLogEntry, readLogEntry } from './log-entry.js';

export type LogKind = 'transaction' | 'load';

/** Where the application says that its log is, the format of its records, and how one is read. */
const LOGS = {
  transaction: { entryTag: '9F4D', formatTag: '9F4F', read: readLogEntry },
  load: { entryTag: 'DF4D', formatTag: 'DF4F', read: readLoadLogEntry },
} as const;

const FILE = { first: 11, last: 30 };

/**
 * The transaction log (9F4D, 9F4F; JR/T 0025.5-2013 18) or the load log (DF4D, DF4F; JR/T 0025.13-2013) of an application,
 * newest first; empty where it has none. A blocked application (6283) can be read.
 *
 * @example const entries = yield* readLog(fromHex('A000000333010101'), 'transaction');
 */
export function* readLog(applicationIdentifier: Uint8Array, kind: LogKind): ContactExchange<Step<readonly LogEntry[]>> {
  const { entryTag, formatTag, read } = LOGS[kind];
  const selected = yield* selectForReading(applicationIdentifier);
  if (!selected.ok) return selected;
  const place = placeOf(selected.value, entryTag);
  if (place === undefined) return proceed([]);
  const format = yield* readObject(formatTag);
  if (!format.ok) return format;
  if (format.value === undefined) return proceed([]);
  if (!listedTags(format.value)) return terminate('answer-invalid', { tag: formatTag });
  const entries: LogEntry[] = [];
  for (let recordNumber = 1; recordNumber <= place.records; recordNumber++) {
    const answer = yield* transmit('read-record', readRecord(place.file, recordNumber));
    if (!answer.ok) return answer;
    const { statusWord, data } = answer.value;
    if (statusWord === STATUS_NO_RECORD) break;
    if (statusWord !== STATUS_OK) return terminate('record-unreadable', { statusWord });
    const entry = read(data, format.value, recordNumber);
    if (entry === undefined) return terminate('answer-invalid', { tag: formatTag });
    entries.push(entry);
  }
  return proceed(entries);
}

/** File and number of records, in the application's answer to SELECT. */
export function placeOf({ data }: SelectedApplication, tag: string): { file: number; records: number } | undefined {
  const [file, records] = data.get(tag) ?? [];
  if (file === undefined || records === undefined || file < FILE.first || file > FILE.last) return undefined;
  return { file, records };
}
