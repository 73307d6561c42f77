import { TableError } from './table.js';

/** In the order in which they are tried where no mark tells: whatever is UTF-8 is hardly ever anything else. */
export const ENCODINGS = ['utf-8', 'gb18030'] as const;

/**
 * The text of a file as an office has it: UTF-8 with or without mark, UTF-16 as spreadsheets write "Unicode text", or
 * GB18030, of which GBK and GB 2312 are a part. Throws {@link TableError} `encoding-unknown`.
 */
export function decodeText(bytes: Uint8Array): string {
  for (const encoding of candidates(bytes)) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      // Not in this one: the next is tried.
    }
  }
  throw encodingUnknown();
}

export const encodingUnknown = (): TableError =>
  new TableError('encoding-unknown', 'neither UTF-8, UTF-16 nor GB18030: save it as "CSV UTF-8"');

function candidates(bytes: Uint8Array): readonly string[] {
  const marked = markedEncoding(bytes);
  return marked === undefined ? ENCODINGS : [marked];
}

/** Of a text that begins with the mark of UTF-16. */
export function markedEncoding([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}
