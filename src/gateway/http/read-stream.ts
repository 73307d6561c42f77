import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UPLOAD_BYTES_MAX } from './limits.js';
import { Problem } from './problem.js';

/** The media type of a request's body, without its parameters. */
export const mediaTypeOf = (request: IncomingMessage): string | undefined =>
  request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();

/** The body of a request as it comes, unpacked. Throws Problem for an encoding other than gzip. */
export function openBody(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return request;
  if (encoding !== 'gzip') {
    throw new Problem('media-type-unsupported', { detail: 'Content-Encoding: gzip, or none' });
  }
  return pipeline(request, createGunzip(), () => {});
}

/**
 * The bytes of a body. A reader who stops early leaves the connection whole, so that the answer still finds its way.
 * Throws Problem `encoding-invalid` where it cannot be unpacked.
 */
export async function* readStream(body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    throw /^Z_/.test(code) ? new Problem('encoding-invalid') : error;
  }
}

/** The same for a file, which is no longer than a file may be. Throws Problem `body-too-large`. */
export async function* readUpload(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of readStream(openBody(request))) {
    bytes += chunk.length;
    if (bytes > UPLOAD_BYTES_MAX) throw new Problem('body-too-large', { detail: `at most ${UPLOAD_BYTES_MAX} bytes` });
    yield chunk;
  }
}
