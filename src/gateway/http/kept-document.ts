import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { matchesETag } from './matches-etag.js';
import type { Answer } from './route.js';

type Headers = Readonly<Record<string, string>>;

/**
 * Answers with a text that stays the same while a gateway runs: made, packed and named by its hash when it is first asked
 * for. 304 where the client has it, gzip where it takes that (RFC 9110 §8.8.3, §12.5.3).
 */
export function keptDocument(
  make: () => string,
  mediaType: string,
  headers: Headers = {},
): (request: IncomingMessage) => Answer {
  let made: { readonly text: string; readonly packed: Uint8Array; readonly name: string } | undefined;
  return ({ headers: { 'if-none-match': known, 'accept-encoding': encodings } }) => {
    made ??= keep(make());
    const etag = `W/"${made.name}"`;
    const common = { ...headers, etag, vary: 'accept-encoding', 'cache-control': 'no-cache' };
    if (matchesETag(known, etag)) return { status: 304, headers: common };
    if (!takesGzip(encodings)) return { status: 200, body: made.text, mediaType, headers: common };
    return { status: 200, body: made.packed, mediaType, headers: { ...common, 'content-encoding': 'gzip' } };
  };
}

const keep = (text: string) => ({
  text,
  packed: gzipSync(text),
  name: createHash('sha256').update(text).digest('base64url').slice(0, 22),
});

const takesGzip = (encodings: string | string[] | undefined): boolean =>
  /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?:0\.0*[1-9]\d*|1(?:\.0*)?)\s*)?(?:,|$)/i.test(String(encodings ?? ''));
