import { type Principal, reachOf } from './principal.js';
import { Problem } from './problem.js';

/** The member that a request is about: the one who is named, or who is logged in. Throws Problem where that is nobody. */
export function memberSpokenFor(principal: Principal, named: string | undefined): string {
  const reach = reachOf(principal);
  const member = named ?? (reach.kind === 'member' ? reach.member : undefined);
  if (member !== undefined) return member;
  const error = { pointer: '/member', code: 'missing', message: 'this is required' };
  throw new Problem('request-invalid', { errors: [error] });
}
