import { isUtf8 } from 'node:buffer';
import { RECORD_BYTES_MAX } from './limits.js';

const NEWLINE = 0x0a;

/**
 * The lines of a stream, empty ones left out; one that is too long comes as `too-long`, one that is no UTF-8 as
 * `not-utf8`, its content thrown away.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length > RECORD_BYTES_MAX) parts = [];
    else parts.push(part);
  };
  const finish = (): Line => {
    const line = length > RECORD_BYTES_MAX ? 'too-long' : textOf(Buffer.concat(parts));
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      const line = finish();
      if (!isBlank(line)) yield line;
    }
    take(chunk.subarray(start));
  }
  const last = finish();
  if (!isBlank(last)) yield last;
}

/** A text, or why there is none; neither of these two words is a line of JSON. */
export type Line = string | 'too-long' | 'not-utf8';

const BYTE_ORDER_MARK = 0xfeff;

/** Editors mark where a file begins, which may stand in the midst of several that were put together. */
function textOf(bytes: Buffer): Line {
  if (!isUtf8(bytes)) return 'not-utf8';
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

const isBlank = (line: string): boolean => line.trim() === '';
