import type { IncomingMessage } from 'node:http';
import type { ApiKeys } from './api-keys.js';
import { hasBody } from './hold-body.js';
import { isSignedWith, REQUIRED_COMPONENTS, readSignature, signatureBase } from './http-signature.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';
import type { UsedNonces } from './used-nonces.js';

/** How far the clocks of client and gateway may be apart, and how long a signature is good. */
const WINDOW_MS = 300_000;

export interface SignatureCheck {
  readonly apiKeys: Pick<ApiKeys, 'signer'>;
  readonly nonces: UsedNonces;
  readonly clock: () => Date;
}

const invalid = (detail: string): Problem => new Problem('signature-invalid', { detail });

/**
 * Who signed a request (RFC 9421, hmac-sha256), or Problem: `signature-invalid`, `signature-replayed`, `key-expired`.
 * The body is not looked at: its digest is covered, and whoever reads it holds it to that.
 */
export async function verifySignature(
  request: IncomingMessage,
  { scope }: Pick<Route, 'scope'>,
  { apiKeys, nonces, clock }: SignatureCheck,
): Promise<Principal> {
  const signature = readSignature(request);
  if (typeof signature === 'string') throw invalid(signature);
  const { components, created, expires, keyId, nonce } = signature;
  const needed = [...REQUIRED_COMPONENTS, ...(hasBody(request) ? ['content-digest'] : [])];
  const missing = needed.find((name) => !components.includes(name));
  if (missing !== undefined) throw invalid(`"${missing}" is not covered`);
  const nowMs = clock().getTime();
  const untilMs = Math.min(
    created * 1000 + WINDOW_MS,
    expires === undefined ? Number.POSITIVE_INFINITY : expires * 1000,
  );
  if (created * 1000 > nowMs + WINDOW_MS) throw invalid('created lies ahead; look at the clock');
  if (untilMs < nowMs) throw invalid('created lies too far back, or the signature has expired; look at the clock');
  const base = signatureBase(request, signature);
  if (typeof base !== 'string') throw invalid(base[0]);
  const signer = await apiKeys.signer(keyId);
  if (signer === 'expired') throw new Problem('key-expired');
  const isGood = signer?.signingSecrets.some((secret) => isSignedWith(base, signature.signature, secret));
  if (!signer || !isGood) {
    const detail = 'no key of this name has signed this request: compare signatureBase with what you signed';
    throw new Problem('signature-invalid', { detail, extensions: { signatureBase: base } });
  }
  // A tap that comes again is answered again and does nothing: what is remembered in the database is all else.
  const isHere = scope === 'taps:write';
  if (!(await nonces.take({ keyId, nonce, untilMs, isHere }))) throw new Problem('signature-replayed');
  return signer.principal;
}
