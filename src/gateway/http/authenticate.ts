import type { IncomingMessage } from 'node:http';
import type { ApiKeys } from './api-keys.js';
import type { FoundKey } from './known-keys.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';

const NOBODY: Principal = { role: 'operator', operator: '', keyId: '', scopes: new Set() };

const CHALLENGE = { 'www-authenticate': 'Bearer' };

/** Who asks, by the key in `Authorization`. Throws Problem where that is nobody who may. */
export async function authenticate(
  request: IncomingMessage,
  route: Pick<Route, 'access' | 'scope'>,
  apiKeys: ApiKeys,
): Promise<Principal> {
  if (route.access === 'public') return NOBODY;
  const { principal } = await bearer(request, apiKeys);
  authorize(principal, route);
  return principal;
}

async function bearer(request: IncomingMessage, apiKeys: ApiKeys): Promise<FoundKey> {
  const secret = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined) throw new Problem('key-missing', { headers: CHALLENGE });
  return known(await apiKeys.bySecret(secret));
}

function known<Found extends object>(found: Found | 'expired' | undefined): Found {
  if (found === undefined) throw new Problem('key-unknown', { headers: CHALLENGE });
  if (found === 'expired') throw new Problem('key-expired', { headers: CHALLENGE });
  return found;
}

/** An operator's key sees its own operator only, so that it is kept from what shows several, whatever its scopes. */
function authorize(principal: Principal, { access, scope }: Pick<Route, 'access' | 'scope'>): void {
  if (access === 'administrator' && principal.role !== 'administrator') throw new Problem('administrator-only');
  if (scope !== undefined && !principal.scopes.has(scope)) {
    throw new Problem('scope-missing', { detail: `The key needs the scope ${scope}.`, extensions: { scope } });
  }
}
