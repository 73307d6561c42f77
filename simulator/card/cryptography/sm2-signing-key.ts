import { concat, fromHex } from '../../../emv/bytes.js';
import { sm3 } from '../../../emv/cryptogram/index.js';
import { fromBigEndian } from '../../numbers/big-endian.js';
import { type Sm2Key, signSm2, sm2KeyOf } from '../../sm2/index.js';
import type { SigningKey } from './signing-key.js';

const SIGNED_DATA_FORMAT = 0x15;

/**
 * A card's SM2 key. The random number of each signature follows from key and message, so that a card of the same seed
 * answers the same.
 */
export class Sm2SigningKey implements SigningKey {
  readonly #key: Sm2Key;

  /** `privateKey` in hex. Throws a `RangeError` for a number that is no key of the curve. */
  constructor(privateKey: string) {
    this.#key = sm2KeyOf(fromBigEndian(fromHex(privateKey)));
  }

  /** Format 15 (JR/T 0025.17-2013 5.2.4.1): as plain text with 64 bytes of signature behind, LDD + 66 bytes. */
  signDynamicData(dynamicData: Uint8Array, terminalData: Uint8Array): Uint8Array {
    const body = concat(Uint8Array.of(SIGNED_DATA_FORMAT, dynamicData.length), dynamicData);
    return concat(body, signSm2(this.#key, concat(body, terminalData)));
  }

  /** SM3, 32 bytes (JR/T 0025.17-2013 5.2.5.1). */
  hash(data: Uint8Array): Uint8Array {
    return sm3(data);
  }
}
