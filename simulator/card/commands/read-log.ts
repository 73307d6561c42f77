import type { Response } from '../../../emv/apdu/index.js';
import { concat, fromHex } from '../../../emv/bytes.js';
import { messageAuthenticationCode } from '../../../emv/cryptogram/index.js';
import { buildDataObjectList } from '../../../emv/tlv/index.js';
import { answer, refuse } from '../answer.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { TransactionKeys } from '../cryptography/transaction-keys.js';
import { logFileOf } from '../transaction/log-file.js';
import { splitByDataObjectList } from '../transaction/terminal-request.js';

/** P1 and P2 of the load, old and new balance. */
const LOAD_HEADER_LENGTH = 14;
const WHOLE_LOG = 0;
/** Of so many loads the whole log tells, the newest: more do not fit into an answer. */
const TOLD_MAX = 10;
/** What of a load the whole log tells beside its header; zeros for what the card's own format does not keep. */
const TOLD = fromHex('9A039F21039F3602');

/** The log that a short file identifier names: of transactions (9F4D) or of loads (DF4D). */
export function logNamed(shortFileIdentifier: number, { data }: CardApplication): 'log' | 'loadLog' | undefined {
  if (logFileOf(data, '9F4D').shortFileIdentifier === shortFileIdentifier) return 'log';
  return logFileOf(data, 'DF4D').shortFileIdentifier === shortFileIdentifier ? 'loadLog' : undefined;
}

/** READ RECORD in a log, newest first, without template and tags (JR/T 0025.5-2013 19, JR/T 0025.13-2013 8). */
export function readLog(
  application: CardApplication,
  state: ApplicationState,
  name: 'log' | 'loadLog',
  recordNumber: number,
): Response {
  if (recordNumber === WHOLE_LOG) return answer(wholeLoadLog(application, state));
  const entry = state[name][recordNumber - 1];
  return entry === undefined ? refuse('record-not-found') : answer(fromHex(entry));
}

/** The loads at once with a MAC, for an issuer that has to believe them (JR/T 0025.13-2013 8). */
function wholeLoadLog(application: CardApplication, { loadLog, applicationTransactionCounter }: ApplicationState) {
  const format = fromHex(application.data.DF4F ?? '');
  const entries = loadLog.slice(0, TOLD_MAX).map((entry) => {
    const bytes = fromHex(entry);
    const values = splitByDataObjectList(format, bytes.subarray(LOAD_HEADER_LENGTH));
    return concat(bytes.subarray(0, LOAD_HEADER_LENGTH), buildDataObjectList(TOLD, values ?? new Map()));
  });
  const content = concat(encodeCounter(applicationTransactionCounter), Uint8Array.of(entries.length), ...entries);
  const keys = new TransactionKeys(application, applicationTransactionCounter);
  const key = keys.get('messageAuthentication')!;
  return concat(content, messageAuthenticationCode({ algorithm: keys.algorithm, key, data: content }));
}
