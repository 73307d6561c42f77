import { fromHex } from '../../../emv/bytes.js';
import { deriveSessionKey, type SymmetricAlgorithm } from '../../../emv/cryptogram/index.js';
import type { CardApplication } from '../card-file.js';
import { encodeCounter } from './encode-counter.js';

type CardKeyName = keyof CardApplication['keys'];

/** The session keys of one transaction, each derived when it is first asked for (JR/T 0025.7-2013 11.1.3). */
export class TransactionKeys {
  readonly algorithm: SymmetricAlgorithm;
  readonly #derived = new Map<CardKeyName, Uint8Array>();

  constructor(
    private readonly application: CardApplication,
    /** The application transaction counter of this transaction. */
    private readonly counter: number,
  ) {
    this.algorithm = application.cryptogramAlgorithm;
  }

  /** 16 bytes; `undefined` where the card has no key of that name. */
  get(name: CardKeyName): Uint8Array | undefined {
    const key = this.application.keys[name];
    if (key === undefined) return undefined;
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const atc = encodeCounter(this.counter);
    const derived = deriveSessionKey({ method: 'pboc', algorithm: this.algorithm, key: fromHex(key), atc });
    this.#derived.set(name, derived);
    return derived;
  }
}
