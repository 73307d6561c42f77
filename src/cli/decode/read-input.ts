import { open, stat } from 'node:fs/promises';
import { CommandError } from '../exit-codes.js';

/** What is to be decoded: text, or bytes that are none. */
export type DecodeInput = { readonly text: string } | { readonly bytes: Uint8Array };

/** Nobody's log of a card is longer; what is longer is something else. */
const LENGTH_MAX = 16 * 1024 * 1024;

/** The arguments, a file of that name, or the pipe. */
export async function readInput(words: readonly string[]): Promise<DecodeInput> {
  const [only] = words;
  if (only === undefined || (words.length === 1 && only === '-')) {
    if (process.stdin.isTTY) throw nothingToDecode();
    return asText(await collect(process.stdin));
  }
  const found = words.length === 1 ? await stat(only).catch(() => undefined) : undefined;
  if (found?.isDirectory()) throw new CommandError('file-unreadable', `${only} is a folder`);
  // A pipe is as good: the shell gives one for the output of a command, as in <(…).
  if (found !== undefined) return asText(await readWhole(only));
  if (words.length === 1 && looksLikePath(only)) throw new CommandError('file-unreadable', `${only} is not there`);
  return { text: words.join(' ') };
}

/** `/tmp/log`, `./answer.txt`, `log.json`: neither hex nor base64 has a dot, and base64 hardly begins with a slash. */
const looksLikePath = (text: string): boolean =>
  /^(?:\.{0,2}\/)?[^\s=;:^]*\.[A-Za-z][A-Za-z0-9]*$|^\.{0,2}\/[^\s=+]*$/.test(text);

export const nothingToDecode = () =>
  new CommandError('input-missing', 'nothing to decode', undefined, 'Give hex, base64 or a file, or pipe one in.');

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return await collect(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

async function collect(stream: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    length += bytes.length;
    if (length > LENGTH_MAX) throw tooLarge();
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

const tooLarge = () =>
  new CommandError(
    'input-too-large',
    'more than 16 MiB to decode',
    undefined,
    'Cut out the part of the log that matters.',
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of them but tabs, line ends and colours.
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\ufffd]/;

/** UTF-8, or UTF-16 as Windows redirects it; everything else is bytes as they stand. */
export function asText(content: Uint8Array): DecodeInput {
  const encoding = content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content);
    return CONTROL.test(text) ? { bytes: content } : { text };
  } catch {
    return { bytes: content };
  }
}
