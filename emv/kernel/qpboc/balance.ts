import { getData } from '../../apdu/index.js';
import { decodeNumeric } from '../../bytes.js';
import { readIssuerApplicationData, ValueError } from '../../values/index.js';
import type { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { readTemplate } from '../read-template.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step } from '../transaction-outcome.js';
import type { Debit } from './debit.js';

/** Amounts in the smallest unit of the card's currency. */
export interface Balance {
  /** Electronic cash (9F79) before the transaction. */
  readonly before?: number | undefined;
  /** Electronic cash when it was over: as the card was asked, or as its answer told (9F10). */
  readonly after?: number | undefined;
  /** What may still be spent offline (9F5D). */
  readonly availableOffline?: number | undefined;
}

const BALANCE = '9F79';
const AMOUNT_LENGTH = 6;

/** GET DATA of the electronic cash balance; a card that does not give it, or not as an amount, has none to tell. */
export function* askBalance(): Exchange<Step<number | undefined>> {
  const answer = yield* exchange('get-data', getData(BALANCE));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  const object = statusWord === STATUS_OK ? readTemplate(data, BALANCE) : undefined;
  return proceed(object?.ok ? amountOf(object.value.value) : undefined);
}

const amountOf = (value: Uint8Array | undefined): number | undefined =>
  value?.length === AMOUNT_LENGTH ? decodeNumeric(value) : undefined;

/**
 * What the answer to GET PROCESSING OPTIONS and the records said of money. The balance in 9F10 (annex D, kinds 01 and
 * 03) is computed after the debit that becomes final with the last record; where that one is in doubt it is left out.
 */
export function balanceSaid(card: CardData, debit: Debit): Balance {
  const after = debit === 'possible' ? undefined : issuerBalance(card);
  const availableOffline = amountOf(card.get('9F5D'));
  return { ...(after !== undefined && { after }), ...(availableOffline !== undefined && { availableOffline }) };
}

/** The balance after the debit as 9F10 tells it, whether that became final or not. */
export function issuerBalance(card: { get(tag: string): Uint8Array | undefined }): number | undefined {
  try {
    const value = card.get('9F10');
    return value && readIssuerApplicationData(value).discretionaryData?.amounts.electronicCashBalance;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
