import { type ApplicationFileLocatorEntry, readApplicationFileLocator, ValueError } from '../values/index.js';
import { proceed, type Step, type TransactionRecord, terminate } from './transaction-outcome.js';

const RECORDS_MAX = 64;

export type FileLocator = readonly ApplicationFileLocatorEntry[];

/** The records that a file locator (94) names, no more of them than a transaction has time for. */
export function readFileLocator(value: Uint8Array): Step<FileLocator> {
  try {
    const entries = readApplicationFileLocator(value);
    const count = countRecords(entries);
    if (count > 0 && count <= RECORDS_MAX) return proceed(entries);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  return terminate('file-locator-invalid', { tag: '94' });
}

export const countRecords = (fileLocator: FileLocator): number =>
  fileLocator.reduce((sum, { firstRecord, lastRecord }) => sum + lastRecord - firstRecord + 1, 0);

/** The records one by one, in the order of the locator. */
export function recordsNamed(fileLocator: FileLocator): Omit<TransactionRecord, 'bytes'>[] {
  const records: Omit<TransactionRecord, 'bytes'>[] = [];
  for (const { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords } of fileLocator) {
    for (let recordNumber = firstRecord; recordNumber <= lastRecord; recordNumber++) {
      const authenticated = recordNumber - firstRecord < authenticatedRecords;
      records.push({ shortFileIdentifier, recordNumber, authenticated });
    }
  }
  return records;
}
