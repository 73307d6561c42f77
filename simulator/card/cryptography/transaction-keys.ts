import { fromHex } from '../../../emv/bytes.js';
import { type SymmetricAlgorithm, sessionKeyDerivation } from '../../../emv/cryptogram/index.js';
import { onceFor } from '../../../emv/once-for.js';
import type { CardApplication } from '../card-file.js';
import { encodeCounter } from './encode-counter.js';

type CardKeys = CardApplication['keys'];
type CardKeyName = keyof CardKeys;
type Derivation = (atc: Uint8Array) => Uint8Array;

const derivationsOf = onceFor((_: CardKeys) => new Map<CardKeyName, Derivation>());

/** A card's key made ready once; `undefined` where the card has none of that name. */
function derivationOf({ keys, cryptogramAlgorithm }: CardApplication, name: CardKeyName): Derivation | undefined {
  const key = keys[name];
  if (key === undefined) return undefined;
  const derivations = derivationsOf(keys);
  const derivation = derivations.get(name) ?? sessionKeyDerivation(cryptogramAlgorithm, fromHex(key));
  derivations.set(name, derivation);
  return derivation;
}

/** The session keys of one transaction, each derived when it is first asked for (JR/T 0025.7-2013 11.1.3). */
export class TransactionKeys {
  readonly algorithm: SymmetricAlgorithm;
  readonly #derived: Partial<Record<CardKeyName, Uint8Array>> = {};

  constructor(
    private readonly application: CardApplication,
    /** The application transaction counter of this transaction. */
    private readonly counter: number,
  ) {
    this.algorithm = application.cryptogramAlgorithm;
  }

  /** 16 bytes; `undefined` where the card has no key of that name. */
  get(name: CardKeyName): Uint8Array | undefined {
    const known = this.#derived[name];
    if (known !== undefined) return known;
    const derived = derivationOf(this.application, name)?.(encodeCounter(this.counter));
    if (derived !== undefined) this.#derived[name] = derived;
    return derived;
  }
}
