import { factoredKey, openFactoredKey, type RsaNumbers } from './factored-key.js';
import { isQuicker } from './is-quicker.js';
import { lengthenedOperation, type PrivateOperation, privateOperation } from './private-operation.js';

/** To lengthen a key takes as long as a few signatures, and to try whether it helps as long as a dozen. */
const SIGNED_BEFORE_LENGTHENING = 8;

/** Whether longer keys sign sooner on this machine, by the length of the block; tried once for each. */
const gainByLength = new Map<number, boolean>();

/** An RSA key ready to sign; making it costs more than signing with it. */
export class RsaPrivateKey {
  readonly #numbers: RsaNumbers;
  #operate: PrivateOperation;
  #signed = 0;

  /** Throws for numbers that are no key. `length` of the modulus, in bytes. */
  constructor(numbers: RsaNumbers, length: number) {
    this.#numbers = numbers;
    const lengthened = gainByLength.get(length) ? lengthenedOperation(numbers) : undefined;
    this.#operate = lengthened ?? privateOperation(openFactoredKey(factoredKey(numbers)));
  }

  /** The bare operation with the private key on a block as long as the modulus. */
  sign(block: Uint8Array): Uint8Array {
    if (this.#signed++ === SIGNED_BEFORE_LENGTHENING && !gainByLength.has(block.length)) this.#tryLonger(block);
    return this.#operate(block);
  }

  #tryLonger(block: Uint8Array): void {
    const lengthened = lengthenedOperation(this.#numbers);
    const gains =
      lengthened !== undefined &&
      isQuicker(
        () => lengthened(block),
        () => this.#operate(block),
      );
    gainByLength.set(block.length, gains);
    if (gains) this.#operate = lengthened;
  }
}
