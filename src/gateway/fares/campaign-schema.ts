import { z } from 'zod';
import { services } from '../../tap/index.js';
import { clockTime, date, fen, provenance, text } from './fare-fields.js';
import { overlaps } from './overlaps.js';

const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

const benefitSchema = z.discriminatedUnion(
  'kind',
  [
    /** The member pays this part of the fare. */
    z.strictObject({ kind: z.literal('rate'), basisPoints: z.int().min(0).max(10_000) }),
    /** `offFen` for each `thresholdFen` spent, `atMostFen` in one purchase. */
    z.strictObject({ kind: z.literal('amount-off'), thresholdFen: fen.min(1), offFen: fen, atMostFen: fen }),
    z.strictObject({ kind: z.literal('fixed-price'), priceFen: fen }),
    /** The first `minutes` of a stay, or the first `fen` of a price. */
    z
      .strictObject({
        kind: z.literal('first-part-free'),
        minutes: z.int().min(1).max(100_000).optional(),
        fen: fen.optional(),
      })
      .refine(({ minutes, fen: free }) => (minutes === undefined) !== (free === undefined), 'either minutes or fen'),
  ],
  { error: 'one of these kinds: rate, amount-off, fixed-price, first-part-free' },
);

const BASIS_POINTS = 10_000;

const fundingSchema = z
  .array(z.strictObject({ sponsor: text, basisPoints: z.int().min(1).max(BASIS_POINTS) }))
  .min(1)
  .refine(
    (parts) => parts.reduce((sum, { basisPoints }) => sum + basisPoints, 0) === BASIS_POINTS,
    'the parts are 10000 basis points together',
  );

const daysSchema = z
  .strictObject({
    weekdays: z.array(weekday).default([]),
    holidays: z.boolean().default(false),
    /** Monday to Friday without holidays, and the weekends that are worked in their stead. */
    workingDays: z.boolean().optional(),
    /** All others. */
    restDays: z.boolean().optional(),
  })
  .refine(
    ({ weekdays, ...kinds }) => weekdays.length > 0 || Object.values(kinds).includes(true),
    'name a weekday, holidays, workingDays or restDays, or leave days out',
  );

const campaignSchema = z
  .strictObject({
    id: text,
    /** Counts corrections and successors of a campaign that keeps its id; each has days of its own. */
    version: z.int().min(1).optional(),
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
    /** Times of day at which it holds, by the first tap, ends exclusive; one may go over midnight. */
    times: z
      .array(z.strictObject({ from: clockTime, to: clockTime }))
      .min(1)
      .optional(),
    /** Of cards for which it holds. */
    generations: z
      .array(z.enum(['pboc2', 'pboc3']))
      .min(1)
      .optional(),
    /** For riders of these categories; concerns no other. */
    riders: z.array(text).min(1).optional(),
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
    /**
     * `exclusive`: of these the best one counts. `stackable`: comes on top, before them where its order is below zero, else
     * after them, each on what the one before has left.
     */
    stacking: z
      .strictObject({ rule: z.enum(['exclusive', 'stackable']), order: z.int().min(-1000).max(1000).default(0) })
      .optional(),
    /** Who pays the discount, or several in parts. */
    sponsor: text.optional(),
    funding: fundingSchema.optional(),
  })
  .refine(({ from, to }) => from <= to, 'a campaign ends on or after the day on which it begins')
  .refine(({ sponsor, funding }) => (sponsor === undefined) !== (funding === undefined), {
    path: ['sponsor'],
    message: 'who pays: either a sponsor, or funding in parts',
  });

/** Who gives which discount on what. Of several that hold for a journey the best one counts. */
export const campaignSetSchema = z
  .strictObject({
    id: text,
    name: text.optional(),
    nameZh: text.optional(),
    /** Names of calendars in the box, whose holidays and working weekends are added. */
    calendars: z.array(text).optional(),
    holidays: z.array(date).default([]),
    /** Weekends that are worked. */
    workingDays: z.array(date).optional(),
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

/**
 * Where a campaign has the id of one before it that holds on the same days, or the name of one with another id: versions
 * of a campaign share both.
 */
export function firstRepeated(campaigns: readonly Campaign[], field: 'id' | 'name'): number | undefined {
  const isAgain = (one: Campaign, other: Campaign) =>
    one[field] === other[field] && (field === 'id' ? overlaps(one, other) : one.id !== other.id);
  const again = campaigns.findIndex((campaign, index) =>
    campaigns.slice(0, index).some((before) => isAgain(before, campaign)),
  );
  return again < 0 ? undefined : again;
}

export type Campaign = z.infer<typeof campaignSchema>;
export type CampaignSet = z.infer<typeof campaignSetSchema>;
export type Weekday = z.infer<typeof weekday>;
