import type { Reach, Role } from '../people/index.js';
import { Problem } from './problem.js';
import type { Scope } from './scopes.js';

interface Who {
  /** `key_…` of a key, `account:…` of a person. */
  readonly keyId: string;
  /** What it may do. */
  readonly scopes: ReadonlySet<Scope>;
}

/** A person who has logged in. */
export interface Person extends Who {
  readonly role: 'person';
  /** The account's id. */
  readonly account: string;
  readonly roles: readonly Role[];
  readonly reach: Reach;
  /** `ses_…` */
  readonly session: string;
  /** What its requests that change something repeat. */
  readonly csrfToken: string;
  /** It has to set up a second factor before it may do anything else. */
  readonly lacksSecondFactor: boolean;
}

/**
 * Who asks: a key of an administrator may speak for every operator, that of an operator for this one, and a person for
 * as far as their account reaches.
 */
export type Principal =
  | (Who & { readonly role: 'administrator' })
  | (Who & { readonly role: 'operator'; readonly operator: string })
  | Person;

/** How far somebody reaches: an administrator's key everywhere. */
export function reachOf(principal: Principal): Reach {
  if (principal.role === 'person') return principal.reach;
  return principal.role === 'administrator' ? { kind: 'all' } : { kind: 'operator', operator: principal.operator };
}

/** Who did it, for rows that are kept: `key:…`, `account:…`. */
export const actorOf = ({ role, keyId }: Principal): string => (role === 'person' ? keyId : `key:${keyId}`);

/** The operator whose things alone somebody may see; `undefined`: all of them, or none, as the reach says. */
export function operatorOf(principal: Principal): string | undefined {
  const reach = reachOf(principal);
  return reach.kind === 'operator' ? reach.operator : undefined;
}

/** Whoever has logged in. Throws Problem `account-needed` for a key. */
export function personOf(principal: Principal): Person {
  if (principal.role !== 'person') throw new Problem('account-needed');
  return principal;
}
