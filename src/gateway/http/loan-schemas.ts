import { z } from 'zod';
import { attributeNames } from '../benefits/attributes/member-attribute.js';
import { contributionSchema } from '../benefits/contributions/contributions.js';
import { memberNumberSchema } from '../membership/index.js';

const fen = z.int().describe('Fen, 1/100 yuan');
const at = z.iso.datetime({ offset: true });
const ratePpm = z.int().describe('A year, in parts per million: 43500 is 4.35%');

export const quoteView = z
  .object({
    member: memberNumberSchema,
    at,
    kind: z.string(),
    amountFen: fen,
    months: z.int(),
    plan: z.enum(['equal-instalments', 'equal-principal']),
    policy: z.string().describe('The id of the policy'),
    eligible: z.boolean(),
    limitFen: fen.describe('The most that could be lent of this kind'),
    annualRatePpm: ratePpm.optional(),
    steps: z
      .array(
        z.object({
          rule: z.string().describe('Stable'),
          text: z.string(),
          textZh: z.string(),
          refuses: z.boolean().optional().describe('It speaks against the loan'),
          ratePpm: ratePpm.optional(),
          limitFen: fen.optional(),
          assumption: z.string().optional().describe('What of it the rules do not tell'),
        }),
      )
      .describe('How it came about, and all that speaks against it'),
    instalments: z
      .array(
        z.object({
          number: z.int().min(1).describe('The month'),
          principalFen: fen,
          interestFen: fen,
          paymentFen: fen,
          balanceFen: fen.describe('What is still owed afterwards'),
        }),
      )
      .describe('Empty where nothing is lent; the principal sums to the amount exactly'),
    interestFen: fen,
    repaidFen: fen.describe('Amount and interest'),
  })
  .describe('What a member could borrow, each step explained. It binds nobody');

const recorded = { recordedAt: at, by: z.string(), reason: z.string() };

export const attributeView = z
  .object({
    member: memberNumberSchema,
    attribute: z.enum(attributeNames),
    value: z.string(),
    from: z.string(),
    ...recorded,
  })
  .describe('What holds of a member from an instant on');

export const contributionView = z
  .object({ ...contributionSchema.shape, ...recorded })
  .describe('The class of a unit’s deposit contribution from an instant on');
