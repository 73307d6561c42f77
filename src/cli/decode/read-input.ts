import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fromHex, HexError } from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';

/** Bytes and, for pointing at a place, the line of text they were read from. */
export interface DecodeInput {
  readonly bytes: Uint8Array;
  readonly hex: string;
}

/** Hex or base64 from the argument, a file of that name, or the pipe. White space and `:` between bytes do not matter. */
export async function readInput(argument: string | undefined): Promise<DecodeInput> {
  if (argument === undefined || argument === '-') {
    if (process.stdin.isTTY) {
      throw new CommandError('input-missing', 'nothing to decode', undefined, 'Give hex, a file, or pipe either in.');
    }
    return parse(await text(process.stdin));
  }
  const isFile = await stat(argument).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? parseFile(await readFile(argument)) : parse(argument);
}

function parseFile(content: Uint8Array): DecodeInput {
  const printable = content.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d));
  return printable ? parse(Buffer.from(content).toString('latin1')) : fromBytes(content);
}

function parse(input: string): DecodeInput {
  const compact = input.replace(/[\s:]/g, '').replace(/^0x/i, '');
  try {
    return fromBytes(fromHex(compact));
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    if (isBase64(compact)) return fromBytes(Uint8Array.from(Buffer.from(compact, 'base64')));
    throw new CommandError(error.code, `${error.message}\n${caret(compact, error.offset)}`);
  }
}

const fromBytes = (bytes: Uint8Array): DecodeInput => ({
  bytes,
  hex: Buffer.from(bytes).toString('hex').toUpperCase(),
});

const isBase64 = (compact: string): boolean =>
  compact.length % 4 === 0 && /[^0-9A-Fa-f]/.test(compact) && /^[A-Za-z0-9+/]+={0,2}$/.test(compact);

/** The neighbourhood of a place in a line, and a caret under the place. */
export function caret(line: string, index: number, width = 1): string {
  const from = Math.max(0, Math.min(index, line.length) - 40);
  const shown = line.slice(from, from + 76);
  const lead = from > 0 ? '… ' : '';
  const tail = from + 76 < line.length ? ' …' : '';
  return `  ${lead}${shown}${tail}\n  ${' '.repeat(lead.length + index - from)}${'^'.repeat(width)}`;
}
