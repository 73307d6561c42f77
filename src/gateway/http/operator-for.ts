import { maySpeakFor } from './may-speak-for.js';
import { operatorOf, type Principal } from './principal.js';
import { Problem } from './problem.js';

/** Who belongs to an operator sees this one, whether it says so or not. Throws Problem `operator-mismatch`. */
export function operatorFor(principal: Principal, operator: string | undefined): string | undefined {
  if (operator !== undefined && !maySpeakFor(principal, operator)) throw new Problem('operator-mismatch');
  return operatorOf(principal) ?? operator;
}
