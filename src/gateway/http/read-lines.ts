import { StringDecoder } from 'node:string_decoder';

/** A tap record with all its records has some ten thousand characters. */
const LINE_LENGTH_MAX = 256 * 1024;

/** The lines of a stream, empty ones left out; one that is too long comes as `too-long`, its content thrown away. */
export async function* readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string | 'too-long'> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isTooLong = false;
  for await (const chunk of stream) {
    const parts = (rest + decoder.write(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (isTooLong || part.length > LINE_LENGTH_MAX) yield 'too-long';
      else if (part.trim() !== '') yield part;
      isTooLong = false;
    }
    if (rest.length > LINE_LENGTH_MAX) {
      isTooLong = true;
      rest = '';
    }
  }
  if (isTooLong) yield 'too-long';
  else if (rest.trim() !== '') yield rest;
}
