import { decodeBinary, decodeNumeric } from '../../emv/bytes.js';
import { type IssuerApplicationData, readIssuerApplicationData, ValueError } from '../../emv/values/index.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { CardAccount } from './card-account.js';
import { type CardNumber, readCardNumber } from './card-number.js';
import type { DecisionReason } from './decision.js';
import type { Issuer } from './issuer.js';
import { findKeySet } from './keys/issuer-key-set.js';
import { type TransactionKeys, transactionKeys } from './keys/transaction-keys.js';

/** A request with all that the checks look at. */
export interface OpenedRequest {
  readonly issuer: Issuer;
  readonly account: CardAccount;
  readonly request: AuthorizationRequest;
  readonly card: CardNumber;
  readonly keys: TransactionKeys;
  readonly issuerApplicationData: IssuerApplicationData;
  /** 9F36, 2 bytes, and as a number. */
  readonly atc: Uint8Array;
  readonly transactionCounter: number;
  /** 9F26, 8 bytes. */
  readonly applicationCryptogram: Uint8Array;
  /** 9F02. */
  readonly amountFen: number;
}

export type Opening =
  | { readonly ok: true; readonly opened: OpenedRequest }
  | { readonly ok: false; readonly reason: DecisionReason };

const refused = (reason: DecisionReason): Opening => ({ ok: false, reason });

/** Takes a request apart and finds the card's keys, or says what hinders it. */
export function openRequest(issuer: Issuer, account: CardAccount | undefined, request: AuthorizationRequest): Opening {
  const { data } = request;
  const [atc, applicationCryptogram, amount] = [data.get('9F36'), data.get('9F26'), data.get('9F02')];
  const issuerApplicationData = readIfPossible(data.get('9F10'));
  const card = readCardNumber(data);
  const amountFen = amount === undefined ? undefined : decodeNumeric(amount);
  if (card === undefined || issuerApplicationData === undefined || amountFen === undefined) {
    return refused('request-incomplete');
  }
  if (atc?.length !== 2 || applicationCryptogram?.length !== 8) return refused('request-incomplete');
  const { algorithm, keyDerivationIndex } = issuerApplicationData;
  const keySet = findKeySet(issuer.keySets, { pan: card.pan, algorithm, keyDerivationIndex });
  if (keySet === undefined || account === undefined || !isAccountOf(account, card)) return refused('card-unknown');
  const keys = transactionKeys(keySet, { ...card, atc });
  const transactionCounter = decodeBinary(atc);
  const told = { issuerApplicationData, atc, transactionCounter, applicationCryptogram, amountFen };
  return { ok: true, opened: { issuer, account, request, card, keys, ...told } };
}

const isAccountOf = (account: CardAccount, card: CardNumber): boolean =>
  account.pan === card.pan && account.panSequenceNumber === card.panSequenceNumber;

function readIfPossible(bytes: Uint8Array | undefined): IssuerApplicationData | undefined {
  if (bytes === undefined) return undefined;
  try {
    return readIssuerApplicationData(bytes);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
