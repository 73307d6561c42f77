import type { SymmetricAlgorithm } from '../../../emv/cryptogram/index.js';

/** An issuer's master key for application cryptograms, and the cards that were personalized from it. */
export interface IssuerKey {
  /** The first digits of the cards' numbers. */
  readonly prefix: string;
  readonly algorithm: SymmetricAlgorithm;
  readonly derivation: 'option-a' | 'option-b';
  /** The cards that name this key derivation index in 9F10; those of every index where it is absent. */
  readonly keyDerivationIndex?: number | undefined;
  /** 16 bytes. */
  readonly masterKey: Uint8Array;
}

interface Card {
  readonly pan: string;
  readonly algorithm: string;
  readonly keyDerivationIndex: number;
}

/** The master keys that a gateway has. */
export interface IssuerKeys {
  /**
   * The key that a card's cryptogram is checked with; `none`: no key has a prefix of this card's number; `unfit`: there
   * are such keys, and none for its algorithm and index.
   */
  find(card: Card): IssuerKey | 'none' | 'unfit';
  /** The same list until there are others. */
  all(): readonly IssuerKey[];
}

/** Of several keys that fit, the one with the longest prefix counts, then the one that names the card's index. */
export function createIssuerKeys(keys: readonly IssuerKey[]): IssuerKeys {
  const rank = ({ prefix, keyDerivationIndex }: IssuerKey) =>
    2 * prefix.length + (keyDerivationIndex === undefined ? 0 : 1);
  const sorted = [...keys].sort((one, other) => rank(other) - rank(one));
  return {
    all: () => keys,
    find({ pan, algorithm, keyDerivationIndex }) {
      const ofIssuer = sorted.filter(({ prefix }) => pan.startsWith(prefix));
      const fitting = ofIssuer.find(
        (key) => key.algorithm === algorithm && (key.keyDerivationIndex ?? keyDerivationIndex) === keyDerivationIndex,
      );
      return fitting ?? (ofIssuer.length === 0 ? 'none' : 'unfit');
    },
  };
}
