import { z } from 'zod';
import { attributeNames, attributeValues } from '../attributes/member-attribute.js';

const age = z.int().min(0).max(150);

/** Who a benefit is for, beside members who are certified: that is always asked, as the policy of membership says. */
export const conditionsSchema = z
  .strictObject({
    certifiedFrom: z
      .union([z.int().min(2015).max(2100), z.literal('never')])
      .optional()
      .describe('From which year on a certification is asked for; as the policy of membership says if absent'),
    units: z
      .array(z.string().regex(/^[^\p{Cc}\p{Cs}/%]{1,64}$/u, 'the id of a unit'))
      .min(1)
      .max(1000)
      .optional()
      .describe('Members of these units and of all below: a district is a region'),
    sex: z.enum(['male', 'female']).optional(),
    ages: z
      .array(z.strictObject({ from: age, to: age, sex: z.enum(['male', 'female']).optional() }))
      .min(1)
      .max(10)
      .optional()
      .describe('Whole years, both inclusive, by the date of birth in the identity number; a row may be for one sex'),
    attributes: z
      .array(z.strictObject({ attribute: z.enum(attributeNames), anyOf: z.array(z.enum(attributeValues)).min(1) }))
      .max(attributeNames.length)
      .optional()
      .describe('What must be recorded of the member; all of these'),
  })
  .describe('Who it is for; without any, every member who is certified');

export type Conditions = z.infer<typeof conditionsSchema>;
