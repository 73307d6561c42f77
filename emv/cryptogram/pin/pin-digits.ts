import { CryptogramError } from '../cryptogram-error.js';

/** Digits of a PIN (ISO 9564-1 §8.1). */
export const PIN_LENGTH = { minimum: 4, maximum: 12 } as const;

const PIN_PATTERN = new RegExp(`^\\d{${PIN_LENGTH.minimum},${PIN_LENGTH.maximum}}$`);

/** Throws `CryptogramError` for a PIN that has not 4 to 12 digits. */
export function requirePin(field: string, pin: string): void {
  if (!PIN_PATTERN.test(pin)) throw new CryptogramError('pin-not-digits', field);
}

/** `N` and the PIN's digits: where every block but its first digit begins. */
export const lengthAndDigits = (pin: string): string => pin.length.toString(16).toUpperCase() + pin;
