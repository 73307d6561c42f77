import { z } from 'zod';
import { services } from '../../tap/index.js';
import { fen, provenance, text } from './fare-fields.js';

const date = z.iso.date();

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

const benefitSchema = z.discriminatedUnion(
  'kind',
  [
    /** The member pays this part of the fare. */
    z.strictObject({ kind: z.literal('rate'), basisPoints: z.int().min(0).max(10_000) }),
    /** `offFen` for each `thresholdFen` spent, `atMostFen` in one purchase. */
    z.strictObject({ kind: z.literal('amount-off'), thresholdFen: fen.min(1), offFen: fen, atMostFen: fen }),
    z.strictObject({ kind: z.literal('fixed-price'), priceFen: fen }),
  ],
  { error: 'one of these kinds: rate, amount-off, fixed-price' },
);

const daysSchema = z
  .strictObject({ weekdays: z.array(weekday).default([]), holidays: z.boolean().default(false) })
  .refine(({ weekdays, holidays }) => holidays || weekdays.length > 0, 'name a weekday or holidays, or leave days out');

export const campaignSchema = z
  .strictObject({
    id: text,
    name: text,
    nameZh: text.optional(),
    ...provenance,
    service: z.enum(services),
    /** First and last service day. */
    from: date,
    to: date,
    regions: z.array(text).min(1).optional(),
    lines: z.array(text).min(1).optional(),
    merchants: z.array(text).min(1).optional(),
    /** Days on which it holds; none named: every day. */
    days: daysSchema.optional(),
    /** For members only; from the year `certifiedFrom` on they must be certified for the year of the service day. */
    membership: z.strictObject({ certifiedFrom: z.int().optional() }).optional(),
    benefit: benefitSchema,
    /** How often a card has the benefit in a period. A holiday may have a count of its own. */
    quota: z
      .strictObject({
        times: z.int().min(1),
        per: z.enum(['day', 'week', 'month', 'campaign']),
        holidaysCountAlone: z.boolean().default(false),
      })
      .optional(),
    sponsor: text,
  })
  .refine(({ from, to }) => from <= to, 'a campaign ends on or after the day on which it begins');

/** Who gives which discount on what. Of several that hold for a journey the best one counts. */
export const campaignSetSchema = z
  .strictObject({
    id: text,
    name: text.optional(),
    nameZh: text.optional(),
    holidays: z.array(date).default([]),
    campaigns: z.array(campaignSchema),
  })
  .superRefine(({ campaigns }, context) => {
    // Uses are counted by id, and a receipt tells campaigns apart by name.
    for (const field of ['id', 'name'] as const) {
      const again = firstRepeated(campaigns, field);
      if (again === undefined) continue;
      const message = `${campaigns[again]?.[field]} is there already: each campaign has its own ${field}`;
      context.addIssue({ code: 'custom', path: ['campaigns', again, field], message });
    }
  });

/** Where a campaign has the id or name of one before it. */
export function firstRepeated(campaigns: readonly Campaign[], field: 'id' | 'name'): number | undefined {
  const values = campaigns.map((campaign) => campaign[field]);
  const again = values.findIndex((value, index) => values.indexOf(value) < index);
  return again < 0 ? undefined : again;
}

export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignSet = z.infer<typeof campaignSetSchema>;
export type Weekday = z.infer<typeof weekday>;
