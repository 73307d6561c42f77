import { once } from 'node:events';
import type { Response } from 'express';

/** Writes a text, and waits while the other side is slow. Gives whether anybody reads on. */
export type SendText = (text: string) => Promise<boolean>;

export interface FileAnswer {
  /** With which it is saved. */
  readonly name: string;
  readonly mediaType: string;
  /** Of all its bytes, lower-case hex, where that is known before. */
  readonly sha256?: string;
}

/** The way of a text to the other side, no faster than it is read. */
export function textSender(response: Response): SendText {
  return async (text) => {
    if (response.destroyed) return false;
    if (!response.write(text)) await untilDrained(response);
    return !response.destroyed;
  };
}

/** Both listeners go when one has been called: a slow reader of a long file would collect thousands. */
async function untilDrained(response: Response): Promise<void> {
  const heard = new AbortController();
  const { signal } = heard;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  heard.abort();
}

/** As RFC 9530 has it, and as RFC 3230 had it before. */
const digestHeaders = (sha256: string) => ({ 'repr-digest': `sha-256=:${sha256}:`, digest: `sha-256=${sha256}` });

/** Answers with a file, as it is written and in bounded memory. */
export async function answerFile(
  response: Response,
  { name, mediaType, sha256 }: FileAnswer,
  write: (send: SendText) => Promise<void>,
): Promise<'streamed'> {
  response.set({
    'content-type': `${mediaType}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    ...(sha256 !== undefined && digestHeaders(Buffer.from(sha256, 'hex').toString('base64'))),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  await write(textSender(response));
  response.end();
  return 'streamed';
}
