import { toHex } from '../../../emv/bytes.js';
import { buildDataObjectList, type DataMap } from '../../../emv/tlv/index.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { bytesOf } from '../personalized.js';
import { logFileOf, withNewestEntry } from './log-file.js';

/** An approved transaction in front of the log, as its format (9F4F) says; a card without a format keeps none. */
export function withLogEntry(
  { data }: CardApplication,
  after: ApplicationState,
  terminalData: DataMap,
): ApplicationState {
  const format = bytesOf(data, '9F4F');
  if (format === undefined) return after;
  const counter = encodeCounter(after.applicationTransactionCounter);
  const said = { get: (tag: string) => (tag === '9F36' ? counter : terminalData.get(tag)) };
  const entry = toHex(buildDataObjectList(format, said));
  return { ...after, log: withNewestEntry(after.log, entry, logFileOf(data, '9F4D')) };
}
