import { maySpeakFor } from './may-speak-for.js';
import type { Principal } from './principal.js';
import { Problem } from './problem.js';

/** An operator's key sees its own operator, whether it says so or not. Throws Problem `operator-mismatch`. */
export function operatorFor(principal: Principal, operator: string | undefined): string | undefined {
  if (operator !== undefined && !maySpeakFor(principal, operator)) throw new Problem('operator-mismatch');
  return principal.role === 'operator' ? principal.operator : operator;
}
