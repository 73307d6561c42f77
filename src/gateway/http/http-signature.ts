import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a request says of its signature (RFC 9421 §4.1), as far as this gateway takes it. */
export interface RequestSignature {
  readonly keyId: string;
  readonly components: readonly string[];
  /** Seconds since 1970. */
  readonly created: number;
  readonly expires?: number;
  readonly nonce: string;
  /** The value of the parameters, as it is signed. */
  readonly parameters: string;
  readonly signature: Uint8Array;
}

/** Every signature covers these, and `content-digest` where there is a body. */
export const REQUIRED_COMPONENTS = ['@method', '@path', '@query'] as const;

const INPUT =
  /^([a-z][\w.*-]{0,31})=(\(((?:"[^"\s]{1,64}")(?: "[^"\s]{1,64}"){0,15})\)((?:;[a-z]+=(?:\d{1,15}|"[^"\\]{1,128}"))*))$/;
const PARAMETER = /;([a-z]+)=(?:(\d+)|"([^"]*)")/g;
const SIGNATURE = /^([a-z][\w.*-]{0,31})=:([A-Za-z0-9+/]{1,200}={0,2}):$/;

/** A text says what is wrong. One signature a request is taken. */
export function readSignature(request: IncomingMessage): RequestSignature | string {
  const input = INPUT.exec(String(request.headers['signature-input'] ?? ''));
  const given = SIGNATURE.exec(String(request.headers.signature ?? ''));
  if (!input) return 'Signature-Input has another form';
  if (!given || given[1] !== input[1]) return 'Signature is missing, or has another label than Signature-Input';
  const parameters = new Map(
    [...input[4]!.matchAll(PARAMETER)].map(([, name, number, text]) => [name!, number ?? text!]),
  );
  const [keyId, nonce, algorithm = 'hmac-sha256'] = ['keyid', 'nonce', 'alg'].map((name) => parameters.get(name));
  const [created, expires] = ['created', 'expires'].map((name) => Number(parameters.get(name) ?? Number.NaN));
  if (algorithm !== 'hmac-sha256') return 'alg is hmac-sha256';
  if (keyId === undefined || nonce === undefined) return 'keyid and nonce are needed';
  if (!Number.isSafeInteger(created)) return 'created is needed, in seconds since 1970';
  return {
    keyId,
    nonce,
    created: created!,
    ...(Number.isSafeInteger(expires) && { expires: expires! }),
    components: [...input[3]!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
    parameters: input[2]!,
    signature: Buffer.from(given[2]!, 'base64'),
  };
}

/** What is signed (RFC 9421 §2.5). A text in an array of one says which component cannot be had. */
export function signatureBase(
  request: IncomingMessage,
  { components, parameters }: RequestSignature,
): string | [string] {
  const lines: string[] = [];
  for (const name of components) {
    const value = componentOf(request, name);
    if (value === undefined) return [`"${name}" is not there, or not known here`];
    lines.push(`"${name}": ${value}`);
  }
  if (new Set(components).size < components.length) return ['a component is named twice'];
  return [...lines, `"@signature-params": ${parameters}`].join('\n');
}

/** Of a target that names scheme and host as well (RFC 9112 §3.2.2): neither is a part of the path. */
const ORIGIN = /^https?:\/\/[^/?]*/i;

function componentOf({ headers, method, url = '/' }: IncomingMessage, name: string): string | undefined {
  const [path, ...query] = url.replace(ORIGIN, '').split('?');
  if (name === '@method') return method;
  if (name === '@path') return path;
  if (name === '@query') return `?${query.join('?')}`;
  if (name === '@authority') return headers.host?.toLowerCase();
  if (!/^[a-z0-9-]+$/.test(name)) return undefined;
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : value?.map((each) => each.trim()).join(', ');
}

/** In a time that tells nothing of how near it came. */
export function isSignedWith(base: string, signature: Uint8Array, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(base).digest();
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
