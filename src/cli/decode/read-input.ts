import { readFile, stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { fromHex, HexError } from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';
import { pointAt } from './point-at.js';

/**
 * Hex or base64 from the arguments, a file of that name, or the pipe. Hex may be written in groups, with white space,
 * `:`, `,`, `;` or `-` between them and `0x` before any of them.
 */
export async function readInput(words: readonly string[], showPan: boolean): Promise<Uint8Array> {
  const [only] = words;
  if (only === undefined || (words.length === 1 && only === '-')) {
    if (process.stdin.isTTY) throw nothing();
    return parseContent(await buffer(process.stdin), showPan);
  }
  const found = words.length === 1 ? await stat(only).catch(() => undefined) : undefined;
  if (found?.isDirectory()) throw new CommandError('file-unreadable', `${only} is a folder`);
  return found?.isFile() ? parseContent(await readFile(only), showPan) : parse(words.join(' '), showPan);
}

const nothing = () =>
  new CommandError('input-missing', 'nothing to decode', undefined, 'Give hex, base64 or a file, or pipe one in.');

/** Text, or the bytes as they stand where some of them are no text. */
function parseContent(content: Uint8Array, showPan: boolean): Uint8Array {
  const printable = content.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
  return printable ? parse(Buffer.from(content).toString('latin1'), showPan) : content;
}

function parse(input: string, showPan: boolean): Uint8Array {
  const hex = input.replace(/(^|[\s:,;-])0x/gi, '$1').replace(/[\s:,;-]/g, '');
  if (hex === '') throw nothing();
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
      error.code === 'hex-invalid-character' ? 'Neither hex, nor base64, nor a file of that name.' : undefined,
    );
  }
}

const BASE64_LENGTH_MIN = 8;

/** Standard or URL-safe. Short words of a slip are not taken for it. */
const isBase64 = (text: string): boolean =>
  text.length >= BASE64_LENGTH_MIN &&
  text.length % 4 === 0 &&
  /[^0-9A-Fa-f]/.test(text) &&
  /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
