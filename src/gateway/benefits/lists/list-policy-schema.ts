import { z } from 'zod';
import { conditionsSchema } from '../entitlement/index.js';

const text = z.string().min(1).max(300);

export const benefitListIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, '1 to 64 lower-case letters, digits and hyphens')
  .describe('The name of a list');

export const benefitListSchema = z.strictObject({
  list: benefitListIdSchema,
  kind: z.enum(['insurance', 'activity']),
  name: text,
  nameZh: text,
  conditions: conditionsSchema,
  source: text.optional(),
  assumption: text.optional().describe('What of it no notice tells'),
});

/** Which lists there are and who is on each. */
export const listPolicySchema = z.strictObject({
  id: text,
  name: text,
  nameZh: text,
  lists: z
    .array(benefitListSchema)
    .max(1000)
    .refine((lists) => new Set(lists.map(({ list }) => list)).size === lists.length, 'two lists have the same name'),
});

export type BenefitListPolicy = z.infer<typeof listPolicySchema>;
export type BenefitList = z.infer<typeof benefitListSchema>;
