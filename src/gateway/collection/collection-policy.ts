import { z } from 'zod';
import { FareError } from '../fares/fare-error.js';
import { provenance, text } from '../fares/fare-fields.js';
import { parseFareFile } from '../fares/fare-file.js';
import { fieldIssues } from '../field-issues.js';
import ningbo from './data/collection-ningbo.yaml';
import { fields } from './table/columns.js';

/** How a city's unions collect their members. Another city writes its own. */
export const collectionPolicySchema = z.strictObject({
  id: text,
  source: text.optional(),
  /** Of one list. */
  rowsMax: z.int().min(1).max(100_000),
  /** What every row must tell. */
  required: z.array(z.enum(fields as [(typeof fields)[number]])).min(1),
  /** Of a member, in years; both inclusive. */
  ages: z.strictObject({ from: z.int().min(0).max(100), to: z.int().min(1).max(150), ...provenance }),
  /** Letters, and so many digits that are worked out of the document's token; a check digit follows. */
  memberNumber: z.strictObject({
    prefix: z.string().regex(/^[A-Z]{0,8}$/, 'up to 8 capital letters'),
    digits: z.int().min(8).max(12),
    ...provenance,
  }),
  /** What banks are called beside their names in the policy of cards, by their ids. */
  bankNames: z.record(z.string(), z.array(text)),
});

export type CollectionPolicy = z.infer<typeof collectionPolicySchema>;

const boxed: Readonly<Record<string, string>> = { ningbo };

/** A policy of the box by its id, or one's own as an object. Throws FareError with each thing that is wrong. */
export function loadCollectionPolicy(idOrPolicy: unknown): CollectionPolicy {
  if (typeof idOrPolicy !== 'string') return check(idOrPolicy);
  const file = Object.hasOwn(boxed, idOrPolicy) ? boxed[idOrPolicy] : undefined;
  if (file !== undefined) return parseCollectionPolicy(file);
  throw new FareError('policy-unknown', [{ message: `${idOrPolicy}; in the box: ${Object.keys(boxed).join(', ')}` }]);
}

/** A policy from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
export function parseCollectionPolicy(content: string, file?: string): CollectionPolicy {
  const { value, lineOf } = parseFareFile(content, 'policy-invalid', file);
  return check(value, lineOf, file);
}

function check(value: unknown, lineOf?: (path: readonly PropertyKey[]) => number, file?: string): CollectionPolicy {
  const parsed = collectionPolicySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
    place: path.join('.') || 'the document',
    line: lineOf?.(path),
    message,
  }));
  throw new FareError('policy-invalid', issues, file);
}
