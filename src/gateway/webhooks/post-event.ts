import { lookup as lookUp } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { rootCertificates } from 'node:tls';
import certificateReasons from '../certificate-reasons.json' with { type: 'json' };
import { hostAddress } from './check-target.js';
import { isPrivateAddress } from './is-private-address.js';
import { ANSWER_BYTES_MAX, ANSWER_TIMEOUT_MS } from './limits.js';
import { readRetryAfter } from './read-retry-after.js';

/** What became of an attempt: only `delivered` is good; `gone` says that the receiver wants nothing any more. */
export type Outcome =
  | 'delivered'
  | 'refused'
  | 'redirected'
  | 'gone'
  | 'timed-out'
  | 'unreachable'
  | 'certificate-refused'
  | 'address-refused';

export interface AttemptResult {
  readonly outcome: Outcome;
  readonly status?: number;
  /** Why the receiver's certificate, or its TLS, was refused. */
  readonly reason?: string;
  /** What the receiver asked for, in milliseconds. */
  readonly retryAfterMs?: number;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isPrivateAllowed: boolean;
  /** Authorities in PEM that are believed beside the known ones. */
  readonly authorities?: string | undefined;
  readonly clock: () => Date;
  /** Ends it at once; it then throws. */
  readonly signal: AbortSignal;
}

class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Looks a name up and refuses private addresses at the moment of connecting, so that a name that moves gains nothing. */
const publicOnly: RequestOptions['lookup'] = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address))) return done(new AddressRefused(), []);
    if (options.all) return done(null, addresses);
    return done(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_(GET|VERIFY)|EPROTO/;

const reasons: ReadonlyMap<string, string> = new Map(Object.entries(certificateReasons));

/**
 * Posts to a receiver and says what became of it. Follows no redirect, waits ten seconds in all, reads 64 KiB of the
 * answer at most, and asks no private address unless that is allowed.
 */
export async function postEvent(post: Post): Promise<AttemptResult> {
  const url = new URL(post.url);
  const host = hostAddress(url);
  if (!post.isPrivateAllowed && isIP(host) !== 0 && isPrivateAddress(host)) return { outcome: 'address-refused' };
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    return toResult(await answerOf(url, post, AbortSignal.any([post.signal, timeout])), post.clock());
  } catch (error) {
    if (post.signal.aborted) throw error;
    if (timeout.aborted) return { outcome: 'timed-out' };
    if (error instanceof AddressRefused) return { outcome: 'address-refused' };
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!CERTIFICATE.test(code)) return { outcome: 'unreachable' };
    return { outcome: 'certificate-refused', reason: reasons.get(code) ?? 'tls-failed' };
  }
}

interface Head {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function answerOf(
  url: URL,
  { headers, body, isPrivateAllowed, authorities }: Post,
  signal: AbortSignal,
): Promise<Head> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      ...(!isPrivateAllowed && { lookup: publicOnly }),
      ...(authorities !== undefined && { ca: [...rootCertificates, authorities] }),
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const head = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
      readSome(response).then(() => resolve(head), reject);
    });
    asked.end(body);
  });
}

async function readSome(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length;
    if (bytes > ANSWER_BYTES_MAX) break;
  }
}

function toResult({ status, retryAfter }: Head, now: Date): AttemptResult {
  const retryAfterMs = readRetryAfter(retryAfter, now);
  return { outcome: outcomeOf(status), status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'refused';
}
