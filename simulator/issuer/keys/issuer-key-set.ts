import type { SymmetricAlgorithm } from '../../../emv/cryptogram/index.js';

/** 16 bytes each; the keys of the cards are derived from them (JR/T 0025.7-2013 10.3.2). */
export interface IssuerMasterKeys {
  readonly applicationCryptogram: Uint8Array;
  readonly messageAuthentication: Uint8Array;
  readonly encipherment: Uint8Array;
}

/** Master keys and the cards that were personalized from them. */
export interface IssuerKeySet {
  /** The first digits of the cards' numbers. */
  readonly issuerIdentifier: string;
  readonly algorithm: SymmetricAlgorithm;
  /** The cards that name this key derivation index in 9F10; those of every index where it is absent. */
  readonly keyDerivationIndex?: number | undefined;
  /** PBOC's option A unless given. */
  readonly derivation?: 'option-a' | 'option-b' | undefined;
  /**
   * Whether the cards' DES keys were written with odd parity, as JR/T 0025.7-2013 11.1.4 has it; ours and many others
   * keep the bits as the cipher gave them. It counts in PIN CHANGE only.
   */
  readonly hasOddParity?: boolean | undefined;
  readonly masterKeys: IssuerMasterKeys;
}

/** The set with the longest identifier that the card's number, algorithm and index fit. */
export function findKeySet(
  keySets: readonly IssuerKeySet[],
  card: { readonly pan: string; readonly algorithm: string; readonly keyDerivationIndex: number },
): IssuerKeySet | undefined {
  const fits = (set: IssuerKeySet): boolean =>
    card.pan.startsWith(set.issuerIdentifier) &&
    set.algorithm === card.algorithm &&
    (set.keyDerivationIndex ?? card.keyDerivationIndex) === card.keyDerivationIndex;
  const specificity = (set: IssuerKeySet): number =>
    2 * set.issuerIdentifier.length + (set.keyDerivationIndex === undefined ? 0 : 1);
  return keySets.filter(fits).sort((left, right) => specificity(right) - specificity(left))[0];
}
