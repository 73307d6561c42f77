import { readRecord } from '../../../apdu/index.js';
import { fromHex } from '../../../bytes.js';
import { STATUS_NO_RECORD, STATUS_OK } from '../../status-word.js';
import { proceed, type Step, terminate } from '../../transaction-outcome.js';
import { type ContactExchange, transmit } from '../contact-exchange.js';
import { selectForReading } from '../select-application.js';
import { type LogEntry, readLoadLogEntry } from './log-entry.js';
import { placeOf } from './read-log.js';

/** The newest loads at once, for an issuer that has to believe them. */
export interface LoadLogWithMac {
  /** Of the card's last transaction, whose session key the MAC is made with. */
  readonly transactionCounter: number;
  /** Newest first; of the values 9A, 9F21 and 9F36, whatever the card's format says. */
  readonly entries: readonly LogEntry[];
  /** What the MAC is made over: counter, number of entries, entries. */
  readonly content: Uint8Array;
  /** 4 bytes, for the issuer to check. */
  readonly mac: Uint8Array;
}

const WHOLE_LOG = 0;
const LOG_TAG = 'DF4D';
const FORMAT = fromHex('9A039F21039F3602');
const ENTRY_LENGTH = 22;
const ENTRIES_MAX = 10;
const HEADER_LENGTH = 3;
const MAC_LENGTH = 4;

/**
 * The load log with its MAC, by READ RECORD with P1 = 00 (JR/T 0025.13-2013 8); `undefined` where the application has no
 * load log, or none in this form. The terminal has no key: the card's issuer checks the MAC.
 *
 * @example const log = yield* readLoadLogWithMac(fromHex('A000000333010101'));
 */
export function* readLoadLogWithMac(
  applicationIdentifier: Uint8Array,
): ContactExchange<Step<LoadLogWithMac | undefined>> {
  const selected = yield* selectForReading(applicationIdentifier);
  if (!selected.ok) return selected;
  const place = placeOf(selected.value, LOG_TAG);
  if (place === undefined) return proceed(undefined);
  const answer = yield* transmit('read-record', readRecord(place.file, WHOLE_LOG));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord === STATUS_NO_RECORD) return proceed(undefined);
  if (statusWord !== STATUS_OK) return terminate('record-unreadable', { statusWord });
  const log = takeApart(data);
  return log === undefined ? terminate('answer-invalid', { tag: LOG_TAG }) : proceed(log);
}

function takeApart(data: Uint8Array): LoadLogWithMac | undefined {
  const [high = 0, low = 0, count = 0] = data;
  const end = HEADER_LENGTH + count * ENTRY_LENGTH;
  if (count > ENTRIES_MAX || data.length !== end + MAC_LENGTH) return undefined;
  const entries: LogEntry[] = [];
  for (let offset = HEADER_LENGTH; offset < end; offset += ENTRY_LENGTH) {
    const entry = readLoadLogEntry(data.subarray(offset, offset + ENTRY_LENGTH), FORMAT, entries.length + 1);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return { transactionCounter: (high << 8) | low, entries, content: data.subarray(0, end), mac: data.subarray(end) };
}
