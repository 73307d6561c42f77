import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { hasScope, mayUse } from '../people/index.js';
import type { ApiKeys } from './api-keys.js';
import type { FoundKey } from './known-keys.js';
import { type PersonCheck, personOfRequest } from './person-of-request.js';
import type { Person, Principal } from './principal.js';
import { Problem } from './problem.js';
import type { RateLimits } from './rate-limits.js';
import type { Route } from './route.js';
import type { Scope } from './scopes.js';
import { type SignatureCheck, verifySignature } from './verify-signature.js';

const NOBODY: Principal = { role: 'operator', operator: '', keyId: '', scopes: new Set() };

export interface Authentication extends SignatureCheck {
  readonly apiKeys: Pick<ApiKeys, 'bySecret' | 'byCertificate' | 'signer'>;
  readonly limits: RateLimits;
  /** Absent: keys alone are known. */
  readonly people?: PersonCheck | undefined;
}

/** Who asks, and whether the request is signed, so that its body has to be held to its digest. */
export interface Authenticated {
  readonly principal: Principal;
  readonly isSigned: boolean;
}

/**
 * Who asks: by signature, by the key in `Authorization`, by the cookie of a session, or by the client's certificate. Throws Problem where that is
 * nobody who may.
 */
export async function authenticate(
  request: IncomingMessage,
  route: Pick<Route, 'access' | 'scope' | 'method'>,
  authentication: Authentication,
): Promise<Authenticated> {
  if (route.access === 'public') return { principal: NOBODY, isSigned: false };
  const { limits } = authentication;
  limits.beforeKey(request);
  const isSigned = request.headers['signature-input'] !== undefined;
  try {
    const principal = isSigned
      ? await verifySignature(request, route, authentication)
      : await personOrKey(request, route, authentication);
    authorize(principal, route);
    return { principal, isSigned };
  } catch (error) {
    if (error instanceof Problem && error.status === 401) limits.keyFailed(request);
    throw error;
  }
}

/** A key that is named goes before a cookie, which a browser sends along by itself. */
async function personOrKey(
  request: IncomingMessage,
  route: Pick<Route, 'method'>,
  { apiKeys, people }: Authentication,
): Promise<Principal> {
  const isKeyNamed = request.headers.authorization !== undefined;
  const person = isKeyNamed || !people ? undefined : await personOfRequest(request, route, people);
  return person ?? keyShown(request, apiKeys);
}

async function keyShown(request: IncomingMessage, apiKeys: Authentication['apiKeys']): Promise<Principal> {
  const { principal, mustSign } = await bearerOrCertificate(request, apiKeys);
  if (mustSign) throw new Problem('signature-missing');
  return principal;
}

async function bearerOrCertificate(request: IncomingMessage, apiKeys: Authentication['apiKeys']): Promise<FoundKey> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const names = certificateNames(request.socket as TLSSocket);
    if (names.length > 0) return known(await apiKeys.byCertificate(names));
  }
  const secret = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1];
  if (secret === undefined) throw new Problem('key-missing');
  return known(await apiKeys.bySecret(secret));
}

/** What a client's certificate may be called in `clientCertificate`, once the handshake has proved it. */
function certificateNames(socket: TLSSocket): readonly string[] {
  if (!socket.encrypted || !socket.authorized) return [];
  const { fingerprint256, subject } = socket.getPeerCertificate();
  if (!fingerprint256) return [];
  const exact = `sha256:${fingerprint256.replaceAll(':', '').toLowerCase()}`;
  return subject?.CN ? [exact, `subject:${subject.CN}`] : [exact];
}

function known<Found extends object>(found: Found | 'expired' | undefined): Found {
  if (found === undefined) throw new Problem('key-unknown');
  if (found === 'expired') throw new Problem('key-expired');
  return found;
}

type Wanted = Pick<Route, 'access' | 'scope'>;

/** An operator's key sees its own operator only, so that it is kept from what shows several, whatever its scopes. */
function authorize(principal: Principal, wanted: Wanted): void {
  if (principal.role === 'person') authorizePerson(principal, wanted);
  else authorizeKey(principal, wanted);
}

function authorizeKey({ role, scopes }: Principal, { access, scope }: Wanted): void {
  if (access !== 'operator' && role !== 'administrator') throw new Problem('administrator-only');
  if (scope !== undefined && !scopes.has(scope)) throw scopeMissing('key', scope);
}

/** One role must allow it alone: what two allow is not put together to more than either. */
function authorizePerson({ roles, lacksSecondFactor }: Person, { access, scope }: Wanted): void {
  if (access === 'public') return;
  if (lacksSecondFactor && scope !== 'account:own') throw new Problem('second-factor-setup-needed');
  const able = roles.filter((role) => mayUse(role, access));
  if (able.length === 0) throw new Problem('role-not-allowed');
  if (scope !== undefined && !able.some((role) => hasScope(role, scope))) throw scopeMissing('account', scope);
}

const scopeMissing = (who: string, scope: Scope): Problem =>
  new Problem('scope-missing', { detail: `The ${who} needs the scope ${scope}.`, extensions: { scope } });
