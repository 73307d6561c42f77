import { InvalidArgumentError } from 'commander';
import { parseUrl } from './url.js';

/** `1111,123456`: PINs of 4 to 12 digits, one after the other. */
export function parsePins(text: string): readonly string[] {
  const pins = text.split(',');
  if (pins.every((pin) => /^\d{4,12}$/.test(pin))) return pins;
  throw new InvalidArgumentError('4 to 12 digits; several PINs with commas between them');
}

export const parseIssuer = (text: string): string => (text === 'simulator' ? text : parseUrl(text));

export function parseZonePinKey(text: string): string {
  if (/^[0-9A-Fa-f]{32}$/.test(text)) return text;
  throw new InvalidArgumentError('16 bytes in hex');
}
