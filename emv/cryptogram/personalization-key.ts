import { concat } from '../bytes.js';
import { encryptBlocks, type SymmetricAlgorithm } from './block-cipher.js';
import { requireLength } from './cryptogram-error.js';

/** What a personalization key is for: enciphering, the MAC of commands, enciphering keys in their data. */
export type PersonalizationKeyUse = 'encipherment' | 'messageAuthentication' | 'dataEncipherment';

const useBytes: Readonly<Record<PersonalizationKeyUse, number>> = {
  encipherment: 0x01,
  messageAuthentication: 0x02,
  dataEncipherment: 0x03,
};

/**
 * A chip's initial key (KENC, KMAC or KDEK) from the personalization master key KMC, 16 bytes as the cipher gives them
 * (JR/T 0025.10-2013 8.2, JR/T 0025.17-2013 10.6). `keyData` is KEYDATA, 10 bytes: identifier of the KMC (6) ‖ serial
 * number of the chip (4). Throws `CryptogramError`.
 */
export function derivePersonalizationKey(input: {
  readonly algorithm: SymmetricAlgorithm;
  readonly masterKey: Uint8Array;
  readonly keyData: Uint8Array;
  readonly use: PersonalizationKeyUse;
}): Uint8Array {
  requireLength('keyData', input.keyData, 10);
  const right = input.keyData.subarray(-6);
  const use = useBytes[input.use];
  const blocks = concat(right, Uint8Array.of(0xf0, use), right, Uint8Array.of(0x0f, use));
  return encryptBlocks(input.algorithm, input.masterKey, blocks);
}
