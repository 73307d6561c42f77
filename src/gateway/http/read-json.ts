import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { BODY_TIMEOUT_MS, RECORD_BYTES_MAX } from './limits.js';
import { Problem } from './problem.js';

export type BodyReader<Body> = (request: Request, response: Response) => Promise<Body>;

/** Reads bodies of one media type, or of `application/*+json`. Throws Problem where there is none, or not in time. */
export function createJsonReader(mediaType: string): BodyReader<unknown> {
  return createReader(mediaType, express.json(optionsFor(mediaType)));
}

/** The same, of which the text is wanted. */
export function createTextReader(mediaType: string): BodyReader<string> {
  return createReader(mediaType, express.text(optionsFor(mediaType)));
}

const optionsFor = (mediaType: string) => ({
  limit: RECORD_BYTES_MAX,
  type: [mediaType, 'application/*+json'],
  verify: refuseOtherText,
});

function createReader<Body>(mediaType: string, parse: RequestHandler): BodyReader<Body> {
  return async (request, response) => {
    refuseTooLarge(request);
    await new Promise<void>((resolve, reject) => {
      const timeout = () => {
        reject(new Problem('request-timeout', { headers: { connection: 'close' } }));
      };
      const timer = setTimeout(timeout, BODY_TIMEOUT_MS);
      parse(request, response, (error?: unknown) => {
        clearTimeout(timer);
        if (error === undefined) resolve();
        else reject(toProblem(error));
      });
    });
    if (request.body === undefined) {
      throw new Problem('media-type-unsupported', { detail: `Content-Type: ${mediaType}` });
    }
    return request.body;
  };
}

/** Of a record, alone or on a line. */
export const tooLarge = (): Problem => new Problem('body-too-large', { detail: `at most ${RECORD_BYTES_MAX} bytes` });

/** At once: whoever says how much is coming need not send it to be told. What is packed may be smaller than it is. */
function refuseTooLarge({ headers }: Request): void {
  const isPlain = (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity';
  if (isPlain && Number(headers['content-length'] ?? 0) > RECORD_BYTES_MAX) throw tooLarge();
}

const NOT_UTF8 = 'text.not-utf8';

/** Decoded all the same, names would be kept with holes in them. */
function refuseOtherText(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8') throw Object.assign(new Error(encoding), { type: 'charset.unsupported' });
  if (!isUtf8(body)) throw Object.assign(new Error('not UTF-8'), { type: NOT_UTF8 });
}

/** What the parser throws carries a `type`. */
function toProblem(error: unknown): unknown {
  const { type, message = '', status } = error as { type?: string; message?: string; status?: number };
  if (type === 'entity.too.large') return tooLarge();
  if (type === NOT_UTF8) return new Problem('body-not-json', { detail: NOT_UTF8_DETAIL });
  if (type === 'entity.parse.failed') return new Problem('body-not-json', { detail: placeOf(message) });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Problem('media-type-unsupported', { detail: 'UTF-8, packed by gzip, deflate, br or not at all' });
  }
  if (type === undefined && status === 400) return new Problem('encoding-invalid');
  return type === 'request.size.invalid' ? new Problem('request-invalid') : error;
}

export const NOT_UTF8_DETAIL = 'It is not UTF-8.';

/** Of what the engine says only the place: the rest repeats the text. */
export function placeOf(message: string): string | undefined {
  if (/end of JSON input/.test(message)) return 'It ends too early.';
  const position = / at position (\d+)/.exec(message)?.[1];
  return position === undefined ? undefined : `At character ${position}, counted from 0.`;
}
