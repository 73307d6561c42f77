import { z } from 'zod';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';

/** What the command line prints of a gateway's receipt; the whole of it: GET /openapi.json. */
export const receiptSchema = z.object({
  journey: z
    .object({
      status: z.string(),
      fareFen: z.int(),
      discountFen: z.int(),
      netFen: z.int(),
      debitedFen: z.int(),
      dueFen: z.int(),
      steps: z.array(z.object({ rule: z.string(), text: z.string() })),
    })
    .optional(),
});

export const postedTapSchema = z.object({
  id: z.string(),
  result: z.string(),
  code: z.string().nullish(),
  detail: z.string().nullish(),
  receipt: receiptSchema.nullish(),
});

export type PostedTapView = z.infer<typeof postedTapSchema>;

/** A receipt for people: what the journey costs, and each step that led there. */
export function printReceipt(answer: unknown, colours: Colours): string[] {
  const { id, result, code, detail, receipt } = postedTapSchema.parse(answer);
  if (code) return ['', `${colours.red('refused')} by the gateway: ${detail ?? code} ${colours.dim(`[${code}]`)}`];
  const journey = receipt?.journey;
  const head = `${colours.green('accepted')} by the gateway as ${id} ${colours.dim(`[${result}]`)}`;
  if (journey === undefined) return ['', head];
  const price =
    journey.status === 'open'
      ? 'journey open: priced when its exit comes'
      : `fare ${formatYuan(journey.fareFen)} − discount ${formatYuan(journey.discountFen)} = ${colours.bold(formatYuan(journey.netFen))} yuan, debited ${formatYuan(journey.debitedFen)}, due ${formatYuan(journey.dueFen)}`;
  return [
    '',
    head,
    `  ${price}`,
    ...journey.steps.map(({ rule, text }) => `  ${colours.cyan(rule.padEnd(18))} ${text}`),
  ];
}
