import { readRecord } from '../../apdu/index.js';
import { accountOf, namesTwoCards } from '../account.js';
import type { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { expirationDate } from '../expiry.js';
import type { FileLocator } from '../read-file-locator.js';
import { readTemplate } from '../read-template.js';
import { decline, proceed, type Step, type TransactionRecord, terminate } from '../transaction-outcome.js';
import type { QpbocTerminal } from './qpboc-terminal.js';

const STATUS_OK = 0x9000;
/** Files of the payment system; those above are proprietary and may hold anything (EMV 4.3 Book 3 §6.5.11). */
const GOVERNED_FILE_MAX = 10;

/**
 * Reads every record in the order of the file locator into `card` and `records`. The last one makes the card's debit
 * final, so that whatever forbids the transaction (an expired card, a card on the exception file, two card numbers)
 * must end it before (JR/T 0025.12-2013 7.7.19, 7.8).
 */
export function* readRecords(
  fileLocator: FileLocator,
  card: CardData,
  terminal: Pick<QpbocTerminal, 'date' | 'isInExceptionFile'>,
  records: TransactionRecord[],
): Exchange<Step<undefined>> {
  for (const { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords } of fileLocator) {
    for (let recordNumber = firstRecord; recordNumber <= lastRecord; recordNumber++) {
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

/** Expiry and the exception file are the only restrictions of qPBOC (JR/T 0025.12-2013 annex A), for one card number. */
export function checkRestrictions(
  card: CardData,
  { date, isInExceptionFile }: Pick<QpbocTerminal, 'date' | 'isInExceptionFile'>,
): Step<undefined> {
  const account = accountOf(card);
  if (account && isInExceptionFile?.(account.pan, account.panSequenceNumber)) return decline('exception-file');
  if (namesTwoCards(card)) return decline('pan-mismatch', { tag: '57' });
  const expires = card.get('5F24');
  if (expires === undefined) return proceed(undefined);
  const lastDay = expirationDate(expires);
  if (lastDay === undefined) return terminate('answer-invalid', { tag: '5F24' });
  return lastDay < date ? decline('card-expired', { tag: '5F24' }) : proceed(undefined);
}
