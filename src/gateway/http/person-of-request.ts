import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { LoggedIn, Sessions } from '../people/index.js';
import { hasScope } from '../people/index.js';
import type { Person } from './principal.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';
import { checkSameOrigin } from './same-origin.js';
import { allScopes } from './scopes.js';
import type { SessionCookie } from './session-cookie.js';

export interface PersonCheck {
  readonly sessions: Pick<Sessions, 'find'>;
  readonly cookie: SessionCookie;
  readonly isBehindProxy?: boolean | undefined;
}

/**
 * Who has logged in, by the cookie; what changes something has to come from a page of the gateway's own, and to repeat
 * the session's token. `undefined` where there is no cookie. Throws Problem.
 */
export async function personOfRequest(
  request: IncomingMessage,
  { method }: Pick<Route, 'method'>,
  { sessions, cookie, isBehindProxy }: PersonCheck,
): Promise<Person | undefined> {
  const { cookie: sent } = request.headers;
  if (!sent?.includes(`${cookie.name}=`)) return undefined;
  const token = cookie.read(request);
  const found = token === undefined ? undefined : await sessions.find(token);
  if (!found) throw new Problem('session-over', { headers: { 'set-cookie': cookie.clear() } });
  if (method !== 'get') {
    checkSameOrigin(request, isBehindProxy);
    if (!isSame(String(request.headers['x-csrf-token'] ?? ''), found.csrfToken)) throw new Problem('csrf-token-wrong');
  }
  return toPerson(found);
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function toPerson({ account, roles, ...rest }: LoggedIn): Person {
  const scopes = new Set(allScopes.filter((scope) => roles.some((role) => hasScope(role, scope))));
  return { role: 'person', keyId: `account:${account}`, account, roles, scopes, ...rest };
}
