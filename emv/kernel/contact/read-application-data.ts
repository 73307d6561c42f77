import { readRecord } from '../../apdu/index.js';
import { staticDataToAuthenticate } from '../../authentication/index.js';
import { equalBytes } from '../../bytes.js';
import { type DataObject, walk } from '../../tlv/index.js';
import { expirationDate } from '../expiry.js';
import { listedTags } from '../listed-tags.js';
import { readFileLocator } from '../read-file-locator.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

/** Files of the payment system; those above are proprietary and may hold anything (EMV 4.3 Book 3 §6.5.11). */
const GOVERNED_FILE_MAX = 10;
/** JR/T 0025.6-2013 7.4.4. */
const MANDATORY_TAGS = ['5F24', '5A', '8C', '8D'] as const;
const LENGTHS: readonly (readonly [tag: string, minimum: number, maximum: number])[] = [
  ['5A', 1, 10],
  ['5F24', 3, 3],
  ['5F25', 3, 3],
  ['5F28', 2, 2],
  ['5F34', 1, 1],
  ['9F07', 2, 2],
  ['9F08', 2, 2],
  ['9F0D', 5, 5],
  ['9F0E', 5, 5],
  ['9F0F', 5, 5],
  ['9F14', 1, 1],
  ['9F23', 1, 1],
];

/**
 * Reads every record of the file locator. It terminates on an object that comes twice, in the records or in the answer
 * to GET PROCESSING OPTIONS as well, on missing mandatory data, wrong formats and every status word but 9000; not on
 * wrong lengths of the holder's name (JR/T 0025.6-2013 7.4.4).
 */
export function* readApplicationData(state: TransactionState): ContactExchange<Step<undefined>> {
  const fileLocator = readFileLocator(state.card.get('94') ?? new Uint8Array());
  if (!fileLocator.ok) return fileLocator;
  for (const { shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords } of fileLocator.value) {
    for (let recordNumber = firstRecord; recordNumber <= lastRecord; recordNumber++) {
      const answer = yield* transmit('read-record', readRecord(shortFileIdentifier, recordNumber));
      if (!answer.ok) return answer;
      const { statusWord, data: bytes } = answer.value;
      if (statusWord !== STATUS_OK) return terminate('record-unreadable', { statusWord });
      const authenticated = recordNumber < firstRecord + authenticatedRecords;
      state.records.push({ shortFileIdentifier, recordNumber, bytes, authenticated });
      const added =
        shortFileIdentifier <= GOVERNED_FILE_MAX ? addRecord(bytes, authenticated, state) : proceed(undefined);
      if (!added.ok) return added;
    }
  }
  state.staticData = staticDataToAuthenticate(fileLocator.value, state.records);
  return checkData(state);
}

/**
 * A signed record that is no template 70 says nothing and fails offline data authentication, which then decides
 * (EMV 4.3 Book 3 §10.3, JR/T 0025.7-2013); any other one cannot be read.
 */
function addRecord(bytes: Uint8Array, authenticated: boolean, state: TransactionState): Step<undefined> {
  const template = readTemplate(bytes, '70');
  if (!template.ok) return authenticated ? proceed(undefined) : template;
  return addObjects(template.value, state);
}

function addObjects(record: DataObject, { card, terminal }: TransactionState): Step<undefined> {
  for (const { tag, value, children } of walk([record])) {
    if (children !== undefined) continue;
    const known = card.get(tag);
    if (known !== undefined && !(terminal.acceptsRepeatedData && equalBytes(known, value))) {
      return terminate('data-repeated', { tag });
    }
    card.set(tag, value);
  }
  return proceed(undefined);
}

function checkData({ card }: TransactionState): Step<undefined> {
  const missing = MANDATORY_TAGS.find((tag) => !card.get(tag)?.length);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  for (const [tag, minimum, maximum] of LENGTHS) {
    const length = card.get(tag)?.length ?? minimum;
    if (length < minimum || length > maximum) return terminate('answer-invalid', { tag });
  }
  const malformed = ['8C', '8D', '9F49', '97'].find((tag) => !listedTags(card.get(tag) ?? new Uint8Array()));
  if (malformed !== undefined) return terminate('answer-invalid', { tag: malformed });
  for (const tag of ['5F24', '5F25']) {
    const date = card.get(tag);
    if (date !== undefined && expirationDate(date) === undefined) return terminate('answer-invalid', { tag });
  }
  return proceed(undefined);
}
