import { getData } from '../../apdu/index.js';
import { decodeNumeric } from '../../bytes.js';
import type { CardData } from '../card-data.js';
import { type Exchange, exchange } from '../exchange.js';
import { givenObject } from '../given-object.js';
import { issuerBalance } from '../issuer-balance.js';
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

/** GET DATA; `undefined` where the card does not give the object. */
export function* askObject(tag: string): Exchange<Step<Uint8Array | undefined>> {
  const answer = yield* exchange('get-data', getData(tag));
  return answer.ok ? proceed(givenObject(answer.value, tag)) : answer;
}

/** Asks for the electronic cash balance; a card that does not give it, or not as an amount, has none to tell. */
export function* askBalance(): Exchange<Step<number | undefined>> {
  const object = yield* askObject(BALANCE);
  return object.ok ? proceed(amountOf(object.value)) : object;
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
