import { z } from 'zod';
import { provenance, text } from '../fares/fare-fields.js';
import { policyLoader } from '../policy-loader.js';
import { fields } from './columns.js';
import ningbo from './data/collection-ningbo.yaml';

/** How a city's unions collect their members. Another city writes its own. */
const collectionPolicySchema = z.strictObject({
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

/** Policies of collection; in the box is Ningbo's. */
export const { load: loadCollectionPolicy, parse: parseCollectionPolicy } = policyLoader(collectionPolicySchema, {
  ningbo,
});
