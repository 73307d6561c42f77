import { createHmac } from 'node:crypto';

/** What to show of a card number: first six and last four digits; of a short one nothing. */
export function maskPan(pan: string): string {
  return pan.length < 13 ? '*'.repeat(pan.length) : `${pan.slice(0, 6)}${'*'.repeat(pan.length - 10)}${pan.slice(-4)}`;
}

/**
 * The name under which a card is stored and logged: HMAC-SHA-256 over the digits of its PAN, in lower-case hex.
 * Card numbers are few enough to be guessed one by one, so without the secret `key` (at least 16 bytes) a mere
 * hash would hide nothing.
 */
export function cardToken(key: Uint8Array, pan: string): string {
  if (key.length < 16) throw new RangeError(`a token key has at least 16 bytes, not ${key.length}`);
  if (!/^\d{8,19}$/.test(pan)) throw new RangeError('a card number has 8 to 19 digits');
  return createHmac('sha256', key).update(pan, 'ascii').digest('hex');
}
