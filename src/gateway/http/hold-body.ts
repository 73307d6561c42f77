import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { SIGNED_BODY_BYTES_MAX, SIGNED_BODY_TIMEOUT_MS } from './limits.js';
import { Problem } from './problem.js';

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const DIGEST = /(?:^|,\s*)(sha-256|sha-512)=:([A-Za-z0-9+/]+={0,2}):/;

/**
 * Reads the whole body and holds it to `Content-Digest` (RFC 9530), and gives a request in its place from which it can
 * be read: of a signed body nothing is believed before all of it is proved. Throws Problem.
 */
export async function holdBody<Request extends IncomingMessage>(request: Request): Promise<Request> {
  const [, algorithm, expected] = DIGEST.exec(String(request.headers['content-digest'] ?? '')) ?? [];
  if (!algorithm) throw new Problem('digest-mismatch', { detail: 'Content-Digest: sha-256=:…: is needed' });
  const body = await readWhole(request);
  const digest = createHash(algorithm.replace('-', '')).update(body).digest();
  const given = Buffer.from(expected!, 'base64');
  if (given.length !== digest.length || !timingSafeEqual(given, digest)) throw new Problem('digest-mismatch');
  const { headers, method, url, socket } = request;
  return Object.assign(Readable.from([body], { objectMode: false }), {
    headers,
    method,
    url,
    socket,
  }) as never as Request;
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => request.destroy(), SIGNED_BODY_TIMEOUT_MS);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length;
      if (length > SIGNED_BODY_BYTES_MAX) {
        const detail = `a signed body has at most ${SIGNED_BODY_BYTES_MAX} bytes: send the batch in parts`;
        throw new Problem('body-too-large', { detail, headers: { connection: 'close' } });
      }
      chunks.push(chunk as Buffer);
    }
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}
