import {
  deriveCardKey,
  deriveSessionKey,
  type SymmetricAlgorithm,
  withOddParity,
} from '../../../emv/cryptogram/index.js';
import type { IssuerKeySet, IssuerMasterKeys } from './issuer-key-set.js';

/** Keys of one card in one transaction, as its issuer derives them. */
export interface TransactionKeys {
  readonly algorithm: SymmetricAlgorithm;
  readonly sessionKey: (name: keyof IssuerMasterKeys) => Uint8Array;
  /** The card's own encipherment key, which PIN CHANGE takes part of. */
  readonly cardEncipherment: Uint8Array;
}

/** Throws `CryptogramError` for master keys that are none. */
export function transactionKeys(
  keySet: IssuerKeySet,
  card: { readonly pan: string; readonly panSequenceNumber: string; readonly atc: Uint8Array },
): TransactionKeys {
  const { algorithm } = keySet;
  const cardKey = (name: keyof IssuerMasterKeys): Uint8Array => {
    const derived = deriveCardKey({
      method: keySet.derivation ?? 'option-a',
      algorithm,
      masterKey: keySet.masterKeys[name],
      pan: card.pan,
      psn: card.panSequenceNumber,
    });
    return keySet.hasOddParity && algorithm === '3des' ? withOddParity(derived) : derived;
  };
  return {
    algorithm,
    sessionKey: (name) => deriveSessionKey({ method: 'pboc', algorithm, key: cardKey(name), atc: card.atc }),
    cardEncipherment: cardKey('encipherment'),
  };
}
