import { z } from 'zod';
import { cardFlaws, faultSchema, interfaceKinds } from '../../card/index.js';
import { issuerIdentifierOf, issuerNames } from '../pki/issuers.js';
import { ISSUERS_EXPIRE } from '../pki/test-pki.js';
import { applicationSchema } from './application-schema.js';
import { month } from './fields.js';
import { transport } from './transport-schema.js';

export const profileSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
      .describe('lower-case words joined by hyphens'),
    title: z.string().min(1).describe('for people'),
    interface: z
      .enum(interfaceKinds)
      .describe('contactless (to be tapped), contact (to be put into a slot) or dual (both)'),
    issuer: z.enum(issuerNames).describe('the bank of the test authority that issues it'),
    cardholderName: z
      .string()
      .regex(/^[ -~]{2,26}$/, 'must be 2 to 26 characters of ASCII')
      .describe('2 to 26 characters of ASCII (5F20)'),
    keyBits: z
      .int()
      .min(768)
      .max(1968)
      .multipleOf(16)
      .default(1152)
      .describe('length of its own RSA key, a multiple of 16, not above the issuer’s 1408'),
    certificateExpires: month.default('2035-12').describe('last month of its own certificate (9F46), YYYY-MM'),
    issuerCertificateExpires: month
      .default(ISSUERS_EXPIRE)
      .describe('last month of the issuer’s certificate (90), YYYY-MM'),
    flaw: z.enum(cardFlaws).optional().describe('what was forged on purpose'),
    faults: z.array(faultSchema).optional().describe('what it does wrong at the tap, such as "late@*:250"'),
    transport: transport.optional().describe('the purse of a transport card beside the bank’s applications'),
    applications: z.array(applicationSchema).min(1).max(4).describe('one to four'),
  })
  .superRefine(({ issuer, applications }, context) => {
    for (const [index, { pan }] of applications.entries()) {
      if (pan.startsWith(issuerIdentifierOf(issuer))) continue;
      context.addIssue({
        code: 'custom',
        path: ['applications', index, 'pan'],
        message: `must begin with the issuer identifier ${issuerIdentifierOf(issuer)}`,
      });
    }
  });

/** A kind of card: everything that is personalized except the keys. */
export type CardProfile = z.infer<typeof profileSchema>;
export type ApplicationProfile = CardProfile['applications'][number];
