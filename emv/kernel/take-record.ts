import type { Response } from '../apdu/index.js';
import type { DataObject } from '../tlv/index.js';
import { readTemplate } from './read-template.js';
import { STATUS_OK } from './status-word.js';
import { proceed, type Step, type TransactionRecord, terminate } from './transaction-outcome.js';

/** Files of the payment system; those above are proprietary and may hold anything (EMV 4.3 Book 3 §6.5.11). */
const GOVERNED_FILE_MAX = 10;

/**
 * Adds the answer to READ RECORD to the records, and gives its template 70; `undefined` where it says nothing. A signed
 * record that is no template fails offline data authentication, which then decides (EMV 4.3 Book 3 §10.3,
 * JR/T 0025.7-2013); any other one cannot be read.
 */
export function takeRecord(
  place: Omit<TransactionRecord, 'bytes'>,
  { statusWord, data: bytes }: Response,
  records: TransactionRecord[],
): Step<DataObject | undefined> {
  if (statusWord !== STATUS_OK) return terminate('record-unreadable', { statusWord });
  const { shortFileIdentifier, recordNumber, authenticated } = place;
  records.push({ shortFileIdentifier, recordNumber, bytes, authenticated });
  if (shortFileIdentifier > GOVERNED_FILE_MAX) return proceed(undefined);
  const template = readTemplate(bytes, '70');
  return template.ok || !authenticated ? template : proceed(undefined);
}
