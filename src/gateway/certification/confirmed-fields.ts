import { z } from 'zod';
import { type CertificationField, certificationFields, memberRecordSchema } from '../membership/index.js';

const { unit, name, sex, address, mobile } = memberRecordSchema.shape;

/** What of a member is confirmed or corrected; what is left out stays as it is in the register. */
export const confirmedFieldsSchema = z
  .strictObject({ unit, name: name.optional(), sex, address, mobile })
  .describe('What is confirmed, or corrected; what is left out is confirmed as it is in the register');

export type ConfirmedFields = z.infer<typeof confirmedFieldsSchema>;

/** Which of the fields are said of a member. */
export const saidFields = (said: ConfirmedFields): readonly CertificationField[] =>
  certificationFields.filter((field) => said[field] !== undefined);
