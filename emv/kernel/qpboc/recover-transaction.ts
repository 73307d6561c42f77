import { getTransProve, select } from '../../apdu/index.js';
import { decodeBinary, decodeNumeric, equalBytes } from '../../bytes.js';
import type { DataMap } from '../../tlv/index.js';
import { type Exchange, exchange } from '../exchange.js';
import { issuerBalance } from '../issuer-balance.js';
import { STATUS_OK } from '../status-word.js';
import type { Balance } from './balance.js';
import { askBalance, askObject } from './balance.js';

/** What a terminal remembers of a transaction whose last answer was lost. */
export interface TornTransaction {
  readonly applicationIdentifier: Uint8Array;
  /** What card and terminal had said: 9F36, 9F26, 9F10, 9F02, 5F2A, and DF60 of an extended transaction. */
  readonly data: DataMap;
  readonly balance?: Balance | undefined;
}

/** How the card's state was found out. */
export type RecoveryEvidence = 'cryptogram' | 'balance' | 'counter' | 'none';

export interface Recovery {
  /** Whether that transaction took effect on the card. */
  readonly verdict: 'completed' | 'not-completed' | 'unknown';
  readonly evidence: RecoveryEvidence;
  /** The card's transaction counter (9F36) now. */
  readonly applicationTransactionCounter?: number | undefined;
  /** Electronic cash now, in the smallest unit. */
  readonly balance?: number | undefined;
}

/** The card has no cryptogram of that transaction. */
const STATUS_NO_SUCH_TRANSACTION = 0x9406;
const COUNTER_LENGTH = 2;
const CRYPTOGRAM_LENGTH = 8;
const PRE_AUTHORIZATION = 2;
/** 9F68 byte 1: low value check, alone or together with the cumulative amount. */
const PAYS_FROM_PURSE = 0x80 | 0x40;

const unknown = (details: Partial<Recovery> = {}): Recovery => ({ verdict: 'unknown', evidence: 'none', ...details });

/**
 * Asks a card that is back what became of a torn transaction; power it up first. An extended transaction is proved by
 * its cryptogram (GET TRANS PROVE, JR/T 0025.14-2013 A.4; zeros after a pre-authorization). Plain qPBOC has no such
 * command: a card that has begun no other transaction since (9F36) and has restored its counters when it was selected
 * (JR/T 0025.12-2013 7.4.1) tells by its balance (9F79), if that was known, and if it pays from it and from nothing else
 * (9F68, 9F51; 7.7.5). Commands nothing that changes the card.
 */
export function* recoverTransaction(torn: TornTransaction): Exchange<Recovery> {
  const selected = yield* exchange('select-application', select(torn.applicationIdentifier));
  if (!selected.ok || selected.value.statusWord !== STATUS_OK) return unknown();
  const indicator = torn.data.get('DF60')?.[0] ?? 0;
  return indicator === 0 ? yield* compareBalance(torn) : yield* proveTransaction(torn, indicator);
}

function* proveTransaction(torn: TornTransaction, indicator: number): Exchange<Recovery> {
  const counter = torn.data.get('9F36');
  if (counter === undefined) return unknown();
  const answer = yield* exchange('get-trans-prove', getTransProve(counter));
  if (!answer.ok) return unknown();
  const { statusWord, data } = answer.value;
  if (statusWord === STATUS_NO_SUCH_TRANSACTION) return { verdict: 'not-completed', evidence: 'cryptogram' };
  if (statusWord !== STATUS_OK || data.length !== CRYPTOGRAM_LENGTH) return unknown();
  const expected = indicator === PRE_AUTHORIZATION ? new Uint8Array(CRYPTOGRAM_LENGTH) : torn.data.get('9F26');
  return expected && equalBytes(data, expected) ? { verdict: 'completed', evidence: 'cryptogram' } : unknown();
}

function* compareBalance(torn: TornTransaction): Exchange<Recovery> {
  const counter = yield* askObject('9F36');
  const known = torn.data.get('9F36');
  if (!counter.ok || counter.value?.length !== COUNTER_LENGTH || known === undefined) return unknown();
  const now = { applicationTransactionCounter: decodeBinary(counter.value) };
  if (!equalBytes(counter.value, known)) return unknown({ ...now, evidence: 'counter' });
  if (!(yield* paysFromPurse(torn.data))) return unknown(now);
  const balance = yield* askBalance();
  if (!balance.ok || balance.value === undefined) return unknown(now);
  return { ...verdictOf(balance.value, torn), ...now, balance: balance.value };
}

/** A card that pays from its cumulative amount, or only counts what is in another currency, has the same balance before and after. */
function* paysFromPurse(said: DataMap): Exchange<boolean> {
  const processes = yield* askObject('9F68');
  if (!processes.ok || ((processes.value?.[0] ?? 0) & PAYS_FROM_PURSE) === 0) return false;
  const currency = yield* askObject('9F51');
  const asked = said.get('5F2A');
  return currency.ok && currency.value !== undefined && asked !== undefined && equalBytes(currency.value, asked);
}

function verdictOf(now: number, { data, balance }: TornTransaction): Pick<Recovery, 'verdict' | 'evidence'> {
  const amount = decodeNumeric(data.get('9F02') ?? new Uint8Array());
  const told = issuerBalance(data);
  const after = told ?? (balance?.before !== undefined && amount !== undefined ? balance.before - amount : undefined);
  if (after === undefined || amount === undefined || amount === 0) return { verdict: 'unknown', evidence: 'none' };
  if (now === after) return { verdict: 'completed', evidence: 'balance' };
  return now === after + amount
    ? { verdict: 'not-completed', evidence: 'balance' }
    : { verdict: 'unknown', evidence: 'balance' };
}
