import { FareError } from '../../fares/fare-error.js';
import { parseFareFile } from '../../fares/fare-file.js';
import { fieldIssues } from '../../field-issues.js';
import ningbo from '../data/policy-ningbo.yaml';
import { type MembershipPolicy, membershipPolicySchema } from './policy-schema.js';

/** The texts of the policies in the box, by the id that each gives itself. */
const boxed: Readonly<Record<string, string>> = { ningbo };

/** A policy of the box by its id, or one's own as an object. Throws FareError with each thing that is wrong. */
export function loadMembershipPolicy(idOrPolicy: unknown): MembershipPolicy {
  if (typeof idOrPolicy !== 'string') return check(idOrPolicy);
  const text = Object.hasOwn(boxed, idOrPolicy) ? boxed[idOrPolicy] : undefined;
  if (text !== undefined) return parseMembershipPolicy(text);
  const message = `${idOrPolicy}; in the box: ${Object.keys(boxed).join(', ')}`;
  throw new FareError('policy-unknown', [{ message }]);
}

/** A policy from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
export function parseMembershipPolicy(text: string, file?: string): MembershipPolicy {
  const { value, lineOf } = parseFareFile(text, 'policy-invalid', file);
  return check(value, lineOf, file);
}

function check(value: unknown, lineOf?: (path: readonly PropertyKey[]) => number, file?: string): MembershipPolicy {
  const parsed = membershipPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
    place: path.join('.') || 'the document',
    line: lineOf?.(path),
    message,
  }));
  throw new FareError('policy-invalid', issues, file);
}

let loaded: MembershipPolicy | undefined;

/** Ningbo's policy, where a caller names none. */
export function ningboPolicy(): MembershipPolicy {
  loaded ??= loadMembershipPolicy('ningbo');
  return loaded;
}
