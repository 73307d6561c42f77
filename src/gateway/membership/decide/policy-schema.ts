import { z } from 'zod';
import { dayAfter } from '../../../calendar/day.js';
import { services } from '../../../tap/index.js';

const day = z.iso.date();
const text = z.string().min(1).max(200);

/** A day of any year: `02-29` is the last of February where there is none. */
const dayOfYear = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year: MM-DD');

/** What of a member a certification confirms or corrects (the union's notice of 2015). */
export const certificationFields = ['unit', 'name', 'sex', 'address', 'mobile'] as const;

export type CertificationField = (typeof certificationFields)[number];

const yearlyRuleSchema = z.discriminatedUnion('needed', [
  z.strictObject({ needed: z.literal(false) }),
  z.strictObject({
    needed: z.literal(true),
    /** From which day on a certification for a year counts; one done earlier counts for nothing. */
    opens: z
      .union([z.literal('any-time'), z.strictObject({ day: dayOfYear, yearsBefore: z.int().min(0).max(5) })])
      .default('any-time'),
    /** The last service day that a certification for a year covers. */
    lapses: z
      .strictObject({ day: dayOfYear, yearsLater: z.int().min(0).max(5) })
      .default({ day: '12-31', yearsLater: 0 }),
    /** What has to be confirmed or corrected with it. */
    confirms: z.array(z.enum(certificationFields)).default([...certificationFields]),
    /** Until when, within the year, a member who is not yet certified keeps benefits. */
    grace: z
      .strictObject({
        until: dayOfYear,
        /** Who has it: whoever was certified for the year before, or every member. */
        for: z.enum(['certified-last-year', 'every-member']),
        /** On which services; all where none is named. */
        services: z.array(z.enum(services)).min(1).optional(),
      })
      .optional(),
  }),
]);

const versionSchema = z
  .strictObject({
    /** First and last service day; the first version may have no first day, the last one no last. */
    from: day.optional(),
    to: day.optional(),
    certification: yearlyRuleSchema,
    source: text.optional(),
    assumption: z.boolean().optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, 'a version ends on or after the day on which it begins');

/** The yearly rule of membership, as versions that follow one another without a gap. */
export const membershipPolicySchema = z
  .strictObject({
    id: text,
    name: text,
    nameZh: text.optional(),
    /** When a day begins in Asia/Shanghai: a year turns with its first service day. */
    dayBegins: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day: HH:MM')
      .default('03:00'),
    versions: z.array(versionSchema).min(1),
  })
  .superRefine(({ versions }, context) => {
    for (const [index, { from }] of versions.entries()) {
      if (index === 0) continue;
      const before = versions[index - 1]?.to;
      if (before !== undefined && from === dayAfter(before)) continue;
      const path = ['versions', index, ...(from === undefined ? [] : ['from'])];
      const message = 'each version begins on the day after the last day of the one before';
      context.addIssue({ code: 'custom', path, message });
    }
  });

export type MembershipPolicy = z.infer<typeof membershipPolicySchema>;
export type PolicyVersion = MembershipPolicy['versions'][number];
export type YearlyRule = Extract<PolicyVersion['certification'], { needed: true }>;
