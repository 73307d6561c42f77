import type { VerificationResult } from './card-verification-results.js';
import type { RiskCheck, Wish } from './risk-checks.js';
import type { RiskInput } from './risk-input.js';

const strictness: readonly (Wish | undefined)[] = [undefined, 'online', 'decline', 'decline-and-block'];

export interface RiskOutcome {
  readonly results: readonly VerificationResult[];
  readonly wish: Wish | undefined;
}

/** Runs every check of a list that is done on this path. */
export function manageRisk(checks: readonly RiskCheck[], input: RiskInput): RiskOutcome {
  const hit = checks
    .filter(({ inElectronicCash }) => !input.electronicCash || inElectronicCash)
    .filter((check) => check.applies(input));
  const wishes = hit.map((check) => strictness.indexOf(check.wish?.(input)));
  return {
    results: hit.flatMap(({ result }) => (result === undefined ? [] : [result])),
    wish: strictness[Math.max(0, ...wishes)],
  };
}
