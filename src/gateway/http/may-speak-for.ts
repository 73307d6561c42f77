import { type Principal, reachOf } from './principal.js';

/** An operator's key and its people speak for this operator only; an administrator for all. */
export function maySpeakFor(principal: Principal, operator: string): boolean {
  const reach = reachOf(principal);
  return reach.kind === 'all' || (reach.kind === 'operator' && reach.operator === operator);
}
