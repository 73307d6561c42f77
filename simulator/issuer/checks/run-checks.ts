import type { DecisionReason } from '../decision.js';
import type { Opening } from '../open-request.js';
import { type CheckKind, type CheckName, checks } from './checks.js';

export interface CheckResult {
  readonly check: CheckName;
  readonly passed: boolean;
  /** Why not. */
  readonly reason?: DecisionReason | undefined;
}

/** Makes the checks of a kind until one fails. Those of kind `proof` begin with whether the request could be opened. */
export function runChecks(
  kind: CheckKind,
  opening: Opening,
): { readonly checks: readonly CheckResult[]; readonly reason?: DecisionReason } {
  if (!opening.ok) {
    const { reason } = opening;
    return { checks: [{ check: 'request', passed: false, reason }], reason };
  }
  const results: CheckResult[] = kind === 'proof' ? [{ check: 'request', passed: true }] : [];
  for (const { name, kind: of, check } of checks) {
    if (of !== kind) continue;
    const reason = check(opening.opened);
    if (reason !== undefined) return { checks: [...results, { check: name, passed: false, reason }], reason };
    results.push({ check: name, passed: true });
  }
  return { checks: results };
}
