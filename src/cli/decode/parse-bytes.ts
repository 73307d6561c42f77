import { fromHex, HexError } from '../../../emv/card-language.js';
import { CommandError } from '../exit-codes.js';
import { pointAt } from './point-at.js';
import { nothingToDecode } from './read-input.js';

/**
 * Hex or base64. Hex may be written in groups, with white space, `:`, `,`, `;` or `-` between them and `0x` before any of
 * them.
 */
export function parseBytes(input: string, showPan: boolean): Uint8Array {
  const hex = input.replace(/(^|[\s:,;-])0x/gi, '$1').replace(/[\s:,;-]/g, '');
  if (hex === '') throw nothingToDecode();
  try {
    return fromHex(hex);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    const base64 = input.replace(/\s/g, '');
    if (isBase64(base64)) return Uint8Array.from(Buffer.from(base64, 'base64'));
    throw new CommandError(
      error.code,
      `${error.message}\n${pointAt(hex, error.offset, 1, showPan)}`,
      undefined,
      error.code === 'hex-invalid-character'
        ? 'Neither hex, nor base64, nor a track, nor a log that is known, nor a file of that name.'
        : undefined,
    );
  }
}

const BASE64_LENGTH_MIN = 8;

/** Letters that hex has not: fewer are a slip of the hand in hex. */
const FOREIGN_TO_HEX_MIN = 3;

/** Standard or URL-safe. Short words of a slip, and hex with one, are not taken for it. */
const isBase64 = (text: string): boolean =>
  text.length >= BASE64_LENGTH_MIN &&
  text.length % 4 === 0 &&
  (text.endsWith('=') || text.replace(/[0-9A-Fa-f]/g, '').length >= FOREIGN_TO_HEX_MIN) &&
  /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
