import { z } from 'zod';
import { attributeNames, attributeValues } from '../attributes/member-attribute.js';

const day = z.iso.date();
const text = z.string().min(1).max(300);
const told = { source: text.optional(), assumption: text.optional() };
const fen = z.int().min(1).max(10_000_000_000);
const ratePpm = z.int().min(0).max(1_000_000);
const reductionBasisPoints = z.int().min(0).max(10_000);

export const contributionClassSchema = z.string().regex(/^[A-Z]$/, 'one capital letter');

const versionSchema = z.strictObject({
  from: day,
  ...told,
  limitFen: fen,
  months: z.strictObject({ min: z.int().min(1), max: z.int().max(360), ...told }),
  kinds: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'lower-case letters and hyphens'),
        name: text,
        nameZh: text,
        limitFen: fen,
        /** `general`: a decision of the lender may go beyond, up to the limit of all. */
        limitIs: z.enum(['general', 'firm']),
        /** How far the lender's rate of the same kind lies above the base rate. */
        marginBasisPoints: z.int().min(0).max(50_000),
        ...told,
      }),
    )
    .min(1)
    .max(20),
  contributions: z
    .array(z.strictObject({ class: contributionClassSchema, reductionBasisPoints }))
    .min(1)
    .max(26),
  contributionsAssumption: text.optional(),
  modelWorker: z.strictObject({ reductionBasisPoints, ...told }),
  hardship: z.strictObject(told),
  residence: z.strictObject({
    anyOf: z
      .array(z.array(z.strictObject({ attribute: z.enum(attributeNames), value: z.enum(attributeValues) })).min(1))
      .min(1),
    ...told,
  }),
});

const baseRateSchema = z.strictObject({
  from: day,
  /** By the length of the loan, shorter ones first; the last has no end. */
  terms: z.array(z.strictObject({ uptoMonths: z.int().min(1).optional(), ratePpm })).min(1),
});

const isRising = (days: readonly { readonly from: string }[]): boolean =>
  days.every(({ from }, index) => index === 0 || days[index - 1]!.from < from);

/** Who gets which loan at which rate, in versions; another union writes its own. */
export const loanPolicySchema = z
  .strictObject({
    id: text,
    name: text,
    nameZh: text,
    versions: z.array(versionSchema).min(1).refine(isRising, 'each version begins after the one before'),
    baseRatesSource: text.optional(),
    baseRatesAssumption: text.optional(),
    baseRates: z.array(baseRateSchema).min(1).refine(isRising, 'each begins after the one before'),
  })
  .superRefine(({ versions, baseRates }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const [index, { contributions, kinds, limitFen }] of versions.entries()) {
      const rates = contributions.map(({ reductionBasisPoints: points }) => points);
      if (rates.some((rate, place) => place > 0 && rates[place - 1]! < rate)) {
        refuse(['versions', index, 'contributions'], 'a lower contribution must not be given more');
      }
      for (const [place, kind] of kinds.entries()) {
        if (kind.limitFen <= limitFen) continue;
        refuse(['versions', index, 'kinds', place, 'limitFen'], 'beyond the limit of all');
      }
    }
    for (const [index, { terms }] of baseRates.entries()) {
      const ends = terms.map(({ uptoMonths = Number.POSITIVE_INFINITY }) => uptoMonths);
      const isInOrder = ends.every((end, place) => place === 0 || ends[place - 1]! < end);
      if (isInOrder && ends.at(-1) === Number.POSITIVE_INFINITY) continue;
      refuse(['baseRates', index, 'terms'], 'shorter terms come first, and the last has no end');
    }
  });

export type LoanPolicy = z.infer<typeof loanPolicySchema>;
export type LoanPolicyVersion = LoanPolicy['versions'][number];
export type LoanKind = LoanPolicyVersion['kinds'][number];
