import { decodeNumeric } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import { floorLimit } from '../floor-limit.js';
import { proceed, type Step } from '../transaction-outcome.js';
import type { ContactExchange } from './contact-exchange.js';
import { readObject } from './read-object.js';
import type { TransactionState } from './transaction-state.js';

const SUPPORTED = Uint8Array.of(0x01);
const NOT_SUPPORTED = Uint8Array.of(0x00);

/**
 * 9F7A as the card is told it: a terminal with electronic cash, a purchase, and an amount below the terminal's limit
 * for it (9F7B), or below its floor limit where it has none (JR/T 0025.13-2013 5.1, 7.4.2). `undefined`: the terminal
 * does not know electronic cash.
 */
export function electronicCashIndicator(state: TransactionState): Uint8Array | undefined {
  const { data } = state.terminal;
  const indicator = data.get('9F7A');
  if (indicator === undefined) return undefined;
  const limit = data.has('9F7B') ? decodeNumeric(data.get('9F7B')!) : floorLimit(data);
  const isWanted =
    indicator[0] === 1 && state.kind.transaction === 'purchase' && limit !== undefined && state.amount < limit;
  return isWanted ? SUPPORTED : NOT_SUPPORTED;
}

/**
 * Whether the card takes this as electronic cash: then, and only then, it gives an issuer authorization code (9F74) in
 * its records. The terminal asks for balance and reset threshold (JR/T 0025.13-2013 7.4.2); of the second currency's
 * purse the card answers under the same tags (JR/T 0025.15-2013).
 */
export function* readElectronicCash(state: TransactionState): ContactExchange<Step<undefined>> {
  const indicated = state.own.get('9F7A')?.[0] === 1;
  if (!indicated || !state.card.get('9F74')?.length) return proceed(undefined);
  state.isElectronicCash = true;
  for (const tag of ['9F79', '9F6D']) {
    const object = yield* readObject(tag);
    if (!object.ok) return object;
    if (object.value !== undefined) state.card.set(tag, object.value);
  }
  return proceed(undefined);
}

/** What the purse holds after this purchase against its reset threshold; a balance not read is none. */
export function staysAboveThreshold(card: Pick<DataMap, 'get'>, amount: number): boolean {
  const number = (tag: string) => decodeNumeric(card.get(tag) ?? new Uint8Array(0));
  return (number('9F79') ?? 0) - amount >= (number('9F6D') ?? 0);
}
