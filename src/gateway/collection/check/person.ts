import { z } from 'zod';
import { documentTypes } from '../../identity/index.js';

/** A person as a good row tells of them, every field in its one form. */
export const personSchema = z.strictObject({
  unit: z.string(),
  name: z.string(),
  sex: z.enum(['male', 'female']),
  identityType: z.enum(documentTypes as [(typeof documentTypes)[number]]),
  identityNumber: z.string(),
  mobile: z.string(),
  address: z.string(),
  bank: z.string(),
});

export type Person = z.infer<typeof personSchema>;
