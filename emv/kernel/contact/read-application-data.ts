import { readRecord } from '../../apdu/index.js';
import { staticDataToAuthenticate } from '../../authentication/index.js';
import { type DataObject, decodeDataObjectList } from '../../tlv/index.js';
import { expirationDate } from '../expiry.js';
import { listedTags } from '../listed-tags.js';
import { readFileLocator, recordsNamed } from '../read-file-locator.js';
import { takeRecord } from '../take-record.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import type { TransactionState } from './transaction-state.js';

/** JR/T 0025.6-2013 7.4.4. */
const MANDATORY_TAGS = ['5F24', '5A', '8C', '8D'] as const;
const COMMAND_DATA_LENGTH_MAX = 255;
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
  for (const record of recordsNamed(fileLocator.value)) {
    const answer = yield* transmit('read-record', readRecord(record.shortFileIdentifier, record.recordNumber));
    if (!answer.ok) return answer;
    const template = takeRecord(record, answer.value, state.records);
    if (!template.ok) return template;
    const added = template.value ? addObjects(template.value, state) : proceed(undefined);
    if (!added.ok) return added;
  }
  state.staticData = staticDataToAuthenticate(fileLocator.value, state.records);
  return checkData(state);
}

function addObjects(record: DataObject, { card, terminal }: TransactionState): Step<undefined> {
  const added = card.add(record, terminal.acceptsRepeatedData ? 'allowed' : 'refused');
  return added.ok ? added : { ...added, reason: 'data-repeated' };
}

/** What a list of command data asks for has to fit a short command; the TDOL's (97) is hashed. */
function isList(tag: string, list: Uint8Array): boolean {
  if (listedTags(list) === undefined) return false;
  return tag === '97' || sumOfLengths(list) <= COMMAND_DATA_LENGTH_MAX;
}

const sumOfLengths = (list: Uint8Array): number =>
  decodeDataObjectList(list).reduce((sum, { length }) => sum + length, 0);

function checkData({ card }: TransactionState): Step<undefined> {
  const missing = MANDATORY_TAGS.find((tag) => !card.get(tag)?.length);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  for (const [tag, minimum, maximum] of LENGTHS) {
    const length = card.get(tag)?.length ?? minimum;
    if (length < minimum || length > maximum) return terminate('answer-invalid', { tag });
  }
  const malformed = ['8C', '8D', '9F49', '97'].find((tag) => !isList(tag, card.get(tag) ?? new Uint8Array()));
  if (malformed !== undefined) return terminate('answer-invalid', { tag: malformed });
  for (const tag of ['5F24', '5F25']) {
    const date = card.get(tag);
    if (date !== undefined && expirationDate(date) === undefined) return terminate('answer-invalid', { tag });
  }
  return proceed(undefined);
}
