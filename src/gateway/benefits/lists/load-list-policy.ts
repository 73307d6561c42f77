import { FareError } from '../../fares/fare-error.js';
import { parseFareFile } from '../../fares/fare-file.js';
import { fieldIssues } from '../../field-issues.js';
import ningbo from './data/lists-ningbo.yaml';
import { type BenefitListPolicy, listPolicySchema } from './list-policy-schema.js';

/** The lists of the box. */
export const ningboLists = (): BenefitListPolicy => parseListPolicy(ningbo);

/** Lists from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
export function parseListPolicy(text: string, file?: string): BenefitListPolicy {
  const { value, lineOf } = parseFareFile(text, 'policy-invalid', file);
  const parsed = listPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
    place: path.join('.') || 'the document',
    line: lineOf(path),
    message,
  }));
  throw new FareError('policy-invalid', issues, file);
}
