import { concat, fromHex, toHex } from '../../bytes.js';
import { type SymmetricAlgorithm, xor } from '../block-cipher.js';
import { requireLength } from '../cryptogram-error.js';
import { decryptScriptData, encryptScriptData } from '../script-data.js';
import { lengthAndDigits, requirePin } from './pin-digits.js';
import { type PinBlockReading, readPinField } from './read-pin-field.js';

interface PinChangeKey {
  readonly algorithm: SymmetricAlgorithm;
  /** The card's own encipherment key as it is stored in the card, parity bits and all; 16 bytes. */
  readonly cardKey: Uint8Array;
  /** The present PIN where the command is P2 = 01; left out for P2 = 02. */
  readonly currentPin?: string | undefined;
}

export interface PinChangeInput extends PinChangeKey {
  /** The transaction's session key of `cardKey`, 16 bytes. */
  readonly sessionKey: Uint8Array;
  readonly newPin: string;
}

/**
 * The enciphered data of PIN CHANGE/UNBLOCK before its MAC: 16 bytes. With P2 = 00 (unblock only) the command has a MAC
 * and no data (JR/T 0025.5-2013 B.10.3, JR/T 0025.17-2013 11). Throws `CryptogramError`.
 */
export function pinChangeData({ algorithm, cardKey, sessionKey, newPin, currentPin }: PinChangeInput): Uint8Array {
  const block = pinChangeBlock({ cardKey, newPin, currentPin });
  return encryptScriptData({ algorithm, key: sessionKey, data: block });
}

/** The clear 8 bytes: 0N PIN F… xor bytes 5 to 8 of the card's key, and the present PIN. Throws `CryptogramError`. */
export function pinChangeBlock(input: Omit<PinChangeInput, 'algorithm' | 'sessionKey'>): Uint8Array {
  requirePin('newPin', input.newPin);
  return xor(fromHex(`0${lengthAndDigits(input.newPin)}`.padEnd(16, 'F')), mask(input.cardKey, input.currentPin));
}

/** The new PIN out of PIN CHANGE's enciphered data, or why it is none. Throws `CryptogramError`. */
export function readPinChangeData(
  input: PinChangeKey & { readonly sessionKey: Uint8Array; readonly data: Uint8Array },
): PinBlockReading {
  const block = decryptScriptData({ algorithm: input.algorithm, key: input.sessionKey, data: input.data });
  if (block?.length !== 8) return { ok: false, reason: 'pin-block-format' };
  return readPinField('0', toHex(xor(block, mask(input.cardKey, input.currentPin))), /^F*$/);
}

function mask(cardKey: Uint8Array, currentPin: string | undefined): Uint8Array {
  requireLength('cardKey', cardKey, 16);
  const keyPart = concat(new Uint8Array(4), cardKey.subarray(4, 8));
  if (currentPin === undefined) return keyPart;
  requirePin('currentPin', currentPin);
  return xor(keyPart, fromHex(currentPin.padEnd(16, '0')));
}
