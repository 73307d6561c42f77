import { readFileSync } from 'node:fs';
import { fromHex, HexError } from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';

/**
 * The bytes of an option: hex in groups or not, or `@FILE` with such hex, so that a key need not stand in the shell's
 * history. What was given is never told, only where it is wrong.
 */
export function readHex(option: string, text: string): Uint8Array {
  const content = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text;
  try {
    return fromHex(content.replace(/\s/g, ''));
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    throw new CommandError(error.code, `${option}: ${error.message}`, undefined, 'Give hex, or @FILE with hex in it.');
  }
}

/** The same for an option that may be left out. */
export const readHexIfGiven = (option: string, text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : readHex(option, text);

/** An option that this use of the command cannot do without. */
export function required(option: string, text: string | undefined): string {
  if (text === undefined) throw new CommandError('wrong-use', `${option} is missing`);
  return text;
}
