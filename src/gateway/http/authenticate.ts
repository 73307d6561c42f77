import type { IncomingMessage } from 'node:http';
import type { ApiKeys, Principal } from './api-keys.js';
import { Problem } from './problem.js';
import type { Access } from './route.js';

const NOBODY: Principal = { role: 'operator', operator: '', keyId: '' };

const CHALLENGE = { 'www-authenticate': 'Bearer' };

/** Who asks, by the key in `Authorization`. Throws Problem where that is nobody who may. */
export async function authenticate(request: IncomingMessage, access: Access, apiKeys: ApiKeys): Promise<Principal> {
  if (access === 'public') return NOBODY;
  const secret = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined) throw new Problem('key-missing', { headers: CHALLENGE });
  const principal = await apiKeys.principalOf(secret);
  if (!principal) throw new Problem('key-unknown', { headers: CHALLENGE });
  if (access === 'administrator' && principal.role !== 'administrator') throw new Problem('administrator-only');
  return principal;
}
