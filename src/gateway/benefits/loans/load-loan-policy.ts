import { FareError } from '../../fares/fare-error.js';
import { parseFareFile } from '../../fares/fare-file.js';
import { fieldIssues } from '../../field-issues.js';
import ningbo from './data/policy-ningbo.yaml';
import { type LoanPolicy, loanPolicySchema } from './loan-policy-schema.js';

/** The policy of the box. */
export const ningboLoans = (): LoanPolicy => parseLoanPolicy(ningbo);

/** A policy from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
export function parseLoanPolicy(text: string, file?: string): LoanPolicy {
  const { value, lineOf } = parseFareFile(text, 'policy-invalid', file);
  return loadLoanPolicy(value, lineOf, file);
}

/** A policy as an object. Throws FareError with each thing that is wrong. */
export function loadLoanPolicy(
  value: unknown,
  lineOf?: (path: readonly PropertyKey[]) => number,
  file?: string,
): LoanPolicy {
  const parsed = loanPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
    place: path.join('.') || 'the document',
    line: lineOf?.(path),
    message,
  }));
  throw new FareError('policy-invalid', issues, file);
}
