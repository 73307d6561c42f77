import { z } from 'zod';

const step = z.object({
  rule: z.string(),
  text: z.string(),
  textZh: z.string(),
  amountFen: z.int().optional(),
  campaign: z.string().optional(),
});

const journey = z.object({
  id: z.string(),
  status: z.string(),
  service: z.string().optional(),
  fareFen: z.int(),
  discountFen: z.int(),
  netFen: z.int(),
  debitedFen: z.int(),
  dueFen: z.int(),
  rules: z.array(z.string()),
  steps: z.array(step),
});

const membership = z.object({
  entitled: z.boolean(),
  reason: z.string(),
  text: z.string(),
  textZh: z.string(),
  lost: z.array(z.object({ campaign: z.string(), text: z.string(), textZh: z.string() })).optional(),
});

/** What the command line reads of the gateway's answers; the whole of them: GET /openapi.json. */
export const tapSchemaView = {
  tap: z.object({
    id: z.string(),
    result: z.string(),
    code: z.string().optional(),
    detail: z.string().optional(),
    receipt: z.object({ journey: journey.optional(), membership: membership.optional() }).optional(),
  }),
  problem: z.object({ code: z.string().optional(), title: z.string().optional(), detail: z.string().optional() }),
  journey,
};

export type PostedTap = z.infer<typeof tapSchemaView.tap>;
export type JourneyView = z.infer<typeof journey>;
export type MembershipView = z.infer<typeof membership>;
export type StepView = z.infer<typeof step>;
