import { readRecord } from '../../apdu/index.js';
import type { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { countRecords, type FileLocator } from '../read-file-locator.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, type TransactionRecord, terminate } from '../transaction-outcome.js';
import type { RestrictingTerminal } from './qpboc-terminal.js';
import { checkRestrictions } from './restrictions.js';

/** Files of the payment system; those above are proprietary and may hold anything (EMV 4.3 Book 3 §6.5.11). */
const GOVERNED_FILE_MAX = 10;

/**
 * Reads every record in the order of the file locator into `card` and `records`. The last one makes the card's debit
 * final, so that whatever forbids the transaction (an expired card, a card on the exception file, two card numbers)
 * must end it before (JR/T 0025.12-2013 7.7.19, 7.8). `beforeLast` is called before it is asked for.
 */
export function* readRecords(
  fileLocator: FileLocator,
  card: CardData,
  terminal: RestrictingTerminal,
  records: TransactionRecord[],
  beforeLast: () => void = () => undefined,
): Exchange<Step<undefined>> {
  const total = countRecords(fileLocator);
  for (const { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords } of fileLocator) {
    for (let recordNumber = firstRecord; recordNumber <= lastRecord; recordNumber++) {
      if (records.length === total - 1) beforeLast();
      const answer = yield* exchange('read-record', readRecord(shortFileIdentifier, recordNumber));
      if (!answer.ok) return answer;
      const { statusWord, data: bytes } = answer.value;
      if (statusWord !== STATUS_OK) return terminate('record-unreadable', { statusWord });
      const authenticated = recordNumber < firstRecord + authenticatedRecords;
      records.push({ shortFileIdentifier, recordNumber, bytes, authenticated });
      const added =
        shortFileIdentifier <= GOVERNED_FILE_MAX ? addRecord(bytes, card, authenticated) : proceed(undefined);
      if (!added.ok) return added;
      const allowed = checkRestrictions(card, terminal);
      if (!allowed.ok) return allowed;
    }
  }
  return proceed(undefined);
}

/**
 * A signed record that is no template 70 says nothing and fails offline data authentication, which then decides
 * (EMV 4.3 Book 3 §10.3, JR/T 0025.7-2013); any other one cannot be read.
 */
function addRecord(bytes: Uint8Array, card: CardData, authenticated: boolean): Step<undefined> {
  const template = readTemplate(bytes, '70');
  if (template.ok) return card.add(template.value);
  return authenticated ? proceed(undefined) : template;
}
