import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

const BYTES_MAX = 256 * 1024 * 1024;

/**
 * The body of a request as it comes. A reader who stops early leaves the connection whole, so that the answer still
 * finds its way. Throws Problem `body-too-large`.
 */
export async function* readUpload(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > BYTES_MAX) throw new Problem('body-too-large', { detail: `at most ${BYTES_MAX} bytes` });
    yield chunk as Uint8Array;
  }
}

/** The media type of a request's body without its parameters. Throws Problem where the body is compressed. */
export function mediaTypeOf(request: IncomingMessage): string | undefined {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new Problem('media-type-unsupported', { detail: 'No Content-Encoding is taken here' });
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}
