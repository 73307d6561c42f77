import { PIN_LENGTH } from './pin-digits.js';

/** Why a block is none of its format: its first digit, the PIN's length, a digit of the PIN, or what fills the rest. */
export type PinBlockRefusal = 'pin-block-format' | 'pin-block-length' | 'pin-block-digits' | 'pin-block-filler';

export type PinBlockReading =
  | { readonly ok: true; readonly pin: string }
  | { readonly ok: false; readonly reason: PinBlockRefusal };

const refused = (reason: PinBlockRefusal): PinBlockReading => ({ ok: false, reason });

/** Reads `format | length | PIN | filler` from 16 hex digits; `filler` is a pattern that every digit after the PIN has. */
export function readPinField(format: string, field: string, filler: RegExp): PinBlockReading {
  if (field[0] !== format) return refused('pin-block-format');
  const length = Number.parseInt(field.slice(1, 2), 16);
  if (length < PIN_LENGTH.minimum || length > PIN_LENGTH.maximum) return refused('pin-block-length');
  const pin = field.slice(2, 2 + length);
  if (!/^\d+$/.test(pin)) return refused('pin-block-digits');
  return filler.test(field.slice(2 + length)) ? { ok: true, pin } : refused('pin-block-filler');
}
