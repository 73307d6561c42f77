import { RECORD_BYTES_MAX } from './limits.js';

const NEWLINE = 0x0a;

/**
 * The lines of a stream, empty ones left out; one that is too long comes as `too-long`, its content thrown away. Bytes
 * that are no UTF-8 come out as U+FFFD.
 */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string | 'too-long'> {
  let parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length > RECORD_BYTES_MAX) parts = [];
    else parts.push(part);
  };
  const finish = (): string => {
    const line = length > RECORD_BYTES_MAX ? 'too-long' : Buffer.concat(parts).toString('utf8');
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

const isBlank = (line: string): boolean => line.trim() === '';
