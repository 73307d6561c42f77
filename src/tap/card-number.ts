import { createHmac } from 'node:crypto';

/** Whether digits are as many as a card number has: 8 to 19. */
export const isCardNumber = (digits: string): boolean => /^\d{8,19}$/.test(digits);

/**
 * The name under which a card is stored and logged: HMAC-SHA-256 over the digits of its PAN, in lower-case hex.
 * Card numbers are few enough to be guessed one by one, so without the secret `key` (at least 16 bytes) a mere
 * hash would hide nothing.
 */
export function cardToken(key: Uint8Array, pan: string): string {
  if (key.length < 16) throw new RangeError(`a token key has at least 16 bytes, not ${key.length}`);
  if (!isCardNumber(pan)) throw new RangeError('a card number has 8 to 19 digits');
  return createHmac('sha256', key).update(pan, 'ascii').digest('hex');
}
