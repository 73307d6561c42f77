import { toHex } from '../../emv/bytes.js';
import { messageAuthenticationCode, type SymmetricAlgorithm } from '../../emv/cryptogram/index.js';
import type { CardNumber } from './card-number.js';
import type { Issuer } from './issuer.js';
import { findKeySet } from './keys/issuer-key-set.js';
import { transactionKeys } from './keys/transaction-keys.js';

/** The card that a load log was read from: its number, and what its 9F10 says of its keys. */
export interface LoggedCard extends CardNumber {
  readonly algorithm: SymmetricAlgorithm;
  readonly keyDerivationIndex: number;
}

/**
 * Whether a load log comes from its card as it stands: the MAC of READ RECORD with P1 = 00 over transaction counter,
 * number of entries and entries, with the session key of that counter (JR/T 0025.13-2013 8). `false` for a card whose
 * keys this issuer has not.
 */
export function isLoadLogAuthentic(
  { keySets }: Pick<Issuer, 'keySets'>,
  card: LoggedCard,
  { content, mac }: { readonly content: Uint8Array; readonly mac: Uint8Array },
): boolean {
  const keySet = findKeySet(keySets, card);
  if (keySet === undefined || content.length < 3) return false;
  const { algorithm, sessionKey } = transactionKeys(keySet, { ...card, atc: content.subarray(0, 2) });
  const key = sessionKey('messageAuthentication');
  return toHex(messageAuthenticationCode({ algorithm, key, data: content })) === toHex(mac);
}
