import { TextDecoder } from 'node:util';
import { ENCODINGS, encodingUnknown, markedEncoding } from './decode-text.js';

/** Which encoding it is, is told by so much from the first byte on that is no ASCII. */
const SAMPLE_BYTES = 64 * 1024;
const MARK_BYTES = 2;

/**
 * The text of a file of any length as an office has it, in the encodings that `decodeText` knows, in flat memory. Throws
 * TableError `encoding-unknown`.
 */
export async function* decodeStream(content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let held: Uint8Array = new Uint8Array();
  let isBegun = false;
  for await (const chunk of content) {
    if (decoder) {
      yield decoded(decoder, chunk);
      continue;
    }
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!isBegun && held.length < MARK_BYTES) continue;
    const marked = isBegun ? undefined : markedEncoding(held);
    isBegun = true;
    if (marked !== undefined) decoder = decoderOf(marked);
    else if (isAscii(held)) yield decoded(decoderOf('utf-8'), held);
    else if (held.length >= SAMPLE_BYTES) decoder = guess(held, true);
    else continue;
    if (decoder) yield decoded(decoder, held);
    held = new Uint8Array();
  }
  decoder ??= guess(held, false);
  yield decoded(decoder, held, false);
}

const decoderOf = (encoding: string): TextDecoder => new TextDecoder(encoding, { fatal: true });

/** No byte of a text in these encodings is zero but of UTF-16, which a mark tells. */
const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte > 0 && byte < 0x80);

function guess(sample: Uint8Array, goesOn: boolean): TextDecoder {
  for (const encoding of ENCODINGS) {
    try {
      decoderOf(encoding).decode(sample, { stream: goesOn });
      return decoderOf(encoding);
    } catch {
      // Not in this one: the next is tried.
    }
  }
  throw encodingUnknown();
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream = true): string {
  let text: string;
  try {
    text = decoder.decode(bytes, { stream });
  } catch {
    throw encodingUnknown();
  }
  if (text.includes('\0')) throw encodingUnknown();
  return text;
}
