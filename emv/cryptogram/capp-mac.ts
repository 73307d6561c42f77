import { concat } from '../bytes.js';
import { BLOCK_LENGTH, type SymmetricAlgorithm } from './block-cipher.js';
import { CryptogramError, requireLength } from './cryptogram-error.js';
import { messageAuthenticationCode } from './mac.js';

const MAC_LENGTH = 4;
const MAXIMUM_DATA_LENGTH = 255 - MAC_LENGTH;

export interface CappMacInput {
  readonly algorithm: SymmetricAlgorithm;
  /** UPDATE CAPP DATA CACHE: the record's management key; APPEND RECORD: the file's opening key. 16 bytes. */
  readonly key: Uint8Array;
  /** Application transaction counter, 2 bytes. */
  readonly atc: Uint8Array;
  /** CLA INS P1 P2. */
  readonly header: Uint8Array;
  /** The command's data without the MAC. */
  readonly data: Uint8Array;
}

/**
 * The MAC of UPDATE CAPP DATA CACHE and APPEND RECORD, 4 bytes (JR/T 0025.14-2013 8.2): initial value zeros ‖ ATC,
 * method of JR/T 0025.7-2013 11.1.2 or JR/T 0025.17-2013 8.1.2. The text names neither a session key nor the message:
 * the key is taken as it is, and the message is CLA INS P1 P2 Lc ‖ data, the MAC counted in Lc. Throws
 * `CryptogramError`.
 *
 * @example
 * ```ts
 * const header = fromHex('84DE00A8');
 * const mac = cappMac({ algorithm: '3des', key, atc: fromHex('0001'), header, data: record });
 * ```
 */
export function cappMac({ algorithm, key, atc, header, data }: CappMacInput): Uint8Array {
  requireLength('atc', atc, 2);
  requireLength('header', header, 4);
  if (data.length > MAXIMUM_DATA_LENGTH) throw new CryptogramError('data-length', 'data');
  const message = concat(header, Uint8Array.of(data.length + MAC_LENGTH), data);
  return messageAuthenticationCode({ algorithm, key, data: message, initialValue: rightAligned(algorithm, atc) });
}

export interface CappResponseMacInput {
  readonly algorithm: SymmetricAlgorithm;
  /** The record's management key, 16 bytes. */
  readonly key: Uint8Array;
  /** READ CAPP DATA: the terminal's random number, 8 bytes; UPDATE CAPP DATA CACHE: the command's MAC, 4 bytes. */
  readonly challenge: Uint8Array;
  /** READ CAPP DATA: the whole record; UPDATE CAPP DATA CACHE: the status word. */
  readonly data: Uint8Array;
}

/**
 * The R-MAC of a card that protects its answers (DF61 bit 8), 4 bytes (JR/T 0025.14-2013 A.1.4, A.2.4). The initial
 * value is the challenge with zeros before it; how the 8 bytes of the text fill a block of SM4 is not said, so the
 * zeros go on there. Throws `CryptogramError`.
 */
export function cappResponseMac({ algorithm, key, challenge, data }: CappResponseMacInput): Uint8Array {
  if (challenge.length !== 8 && challenge.length !== 4) throw new CryptogramError('data-length', 'challenge');
  return messageAuthenticationCode({ algorithm, key, data, initialValue: rightAligned(algorithm, challenge) });
}

const rightAligned = (algorithm: SymmetricAlgorithm, value: Uint8Array): Uint8Array =>
  concat(new Uint8Array(BLOCK_LENGTH[algorithm] - value.length), value);
