import { generateApplicationCryptogram as generate } from '../../apdu/index.js';
import { buildDataObjectList, type DataObject } from '../../tlv/index.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import { type ContactExchange, transmit } from './contact-exchange.js';
import { CRYPTOGRAM_CODES, type CryptogramType, readCryptogramType } from './cryptogram-type.js';
import { hashTransactionCertificateData } from './transaction-certificate-hash.js';
import type { TransactionState } from './transaction-state.js';
import { verifyCombined } from './verify-combined.js';

/** Format 1: cryptogram information, transaction counter, cryptogram, then the issuer's data (EMV 4.3 Book 3 table 15). */
const FORMAT_1 = { information: 0, counter: 1, cryptogram: 3, issuer: 11 } as const;
const ISSUER_DATA_LENGTH_MAX = 32;

export interface CryptogramAnswer {
  readonly type: CryptogramType;
  /** Whether the combined authentication that was asked for held; an AAC carries none and is no failure. */
  readonly isAuthentic: boolean;
}

/**
 * GENERATE AC with what CDOL1 (8C) or CDOL2 (8D) asks for. The answer's objects take the place of those of the first
 * one. With `signed` its CDA signature is verified, and 95 and 9B are marked (JR/T 0025.6-2013 7.10, 7.11.4.1.1).
 */
export function* generateApplicationCryptogram(
  asked: CryptogramType,
  list: '8C' | '8D',
  signed: boolean,
  state: TransactionState,
): ContactExchange<Step<CryptogramAnswer>> {
  hashTransactionCertificateData(list, state);
  const data = buildDataObjectList(state.card.get(list)!, state.data);
  state.riskManagementData.push(data);
  const answer = yield* transmit('generate-ac', generate(CRYPTOGRAM_CODES[asked], signed, data));
  if (!answer.ok) return answer;
  const { statusWord, data: bytes } = answer.value;
  if (statusWord !== STATUS_OK) return terminate('cryptogram-refused', { statusWord });
  const template = readTemplate(bytes, '77', '80');
  if (!template.ok) return template;
  const stored =
    template.value.tag === '80' ? storeFormat1(template.value, state) : storeFormat2(template.value, state);
  if (!stored.ok) return stored;
  const type = readCryptogramType(state.card.get('9F27')![0]!);
  if (type === undefined) return terminate('cryptogram-type-unknown', { tag: '9F27' });
  const isAuthentic = !signed || type === 'AAC' || verifyCombined(template.value, state);
  if ((!signed || type === 'AAC') && !state.card.get('9F26')) {
    return terminate('mandatory-data-missing', { tag: '9F26' });
  }
  return proceed({ type, isAuthentic });
}

const ANSWER_TAGS = ['9F27', '9F36', '9F26', '9F10', '9F4B'];
/** A balance that GET DATA has told is another one behind a debit. */
const MOVING_TAGS: ReadonlySet<string> = new Set(['9F79']);

function storeFormat1({ value }: DataObject, { card }: TransactionState): Step<undefined> {
  for (const tag of ANSWER_TAGS) card.delete(tag);
  const { information, counter, cryptogram, issuer } = FORMAT_1;
  if (value.length < issuer || value.length > issuer + ISSUER_DATA_LENGTH_MAX) {
    return terminate('answer-invalid', { tag: '80' });
  }
  card.set('9F27', value.subarray(information, counter));
  card.set('9F36', value.subarray(counter, cryptogram));
  card.set('9F26', value.subarray(cryptogram, issuer));
  card.set('9F10', value.subarray(issuer));
  return proceed(undefined);
}

const LENGTHS: readonly (readonly [tag: string, length: number])[] = [
  ['9F27', 1],
  ['9F36', 2],
  ['9F26', 8],
];

/** What the card said before stays as it was checked: an answer that says otherwise would put another card in its place. */
function storeFormat2({ children = [] }: DataObject, { card, cryptogramTags }: TransactionState): Step<undefined> {
  for (const tag of [...ANSWER_TAGS, ...cryptogramTags]) card.delete(tag);
  cryptogramTags.clear();
  for (const object of children) {
    if (object.children !== undefined) continue;
    if (MOVING_TAGS.has(object.tag)) card.delete(object.tag);
    const isNew = card.get(object.tag) === undefined;
    const added = card.add(object);
    if (!added.ok) return added;
    if (isNew) cryptogramTags.add(object.tag);
  }
  const missing = ['9F27', '9F36'].find((tag) => card.get(tag) === undefined);
  if (missing !== undefined) return terminate('mandatory-data-missing', { tag: missing });
  const wrong = LENGTHS.find(([tag, length]) => (card.get(tag)?.length ?? length) !== length);
  if (wrong !== undefined) return terminate('answer-invalid', { tag: wrong[0] });
  return proceed(undefined);
}
