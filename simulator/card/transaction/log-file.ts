import { onceFor } from '../../../emv/once-for.js';
import { LOG_RECORDS_MAX } from '../card-file.js';
import { bytesOf } from '../personalized.js';

/** Where a card does not name the log file, but its format. */
const RECORDS_UNNAMED = 10;

/** A log of the card: of transactions or, over contact, of loads. */
export interface LogFile {
  readonly shortFileIdentifier: number | undefined;
  /** How many records it keeps; the oldest make room. */
  readonly recordsMax: number;
}

type Data = Readonly<Record<string, string>>;

const logFilesOf = onceFor((data: Data) => ({ '9F4D': readLogFile(data, '9F4D'), DF4D: readLogFile(data, 'DF4D') }));

/** The log that log entry 9F4D or DF4D names: its short file identifier and how many records (EMV 4.3 Book 3 Annex D). */
export const logFileOf = (data: Data, logEntry: '9F4D' | 'DF4D'): LogFile => logFilesOf(data)[logEntry];

function readLogFile(data: Data, logEntry: '9F4D' | 'DF4D'): LogFile {
  const entry = bytesOf(data, logEntry);
  return { shortFileIdentifier: entry?.[0], recordsMax: Math.min(entry?.[1] ?? RECORDS_UNNAMED, LOG_RECORDS_MAX) };
}

/** The log with one more entry, newest first. */
export const withNewestEntry = (log: readonly string[], entry: string, { recordsMax }: LogFile): string[] =>
  [entry, ...log].slice(0, recordsMax);
