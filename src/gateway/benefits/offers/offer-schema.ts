import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import { conditionsSchema } from '../entitlement/index.js';

const text = (length: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${length}}$`, 'u'),
      `1 to ${length} characters, none of them a control character`,
    );

const ITEMS_MAX = 100;
const QUOTA_MAX = 1_000_000;
const FEN_MAX = 100_000_000;

export const offerIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, '1 to 64 lower-case letters, digits and hyphens')
  .describe('Its name in addresses');

export const offerItemSchema = z.strictObject({
  item: offerIdSchema.describe('Its name within the offer'),
  name: text(100),
  nameZh: text(100).optional(),
  at: instantSchema.optional().describe('When it takes place: a departure, a showing'),
  quota: z.int().min(1).max(QUOTA_MAX).describe('How many there are; never more are given away'),
});

const fen = z.int().min(0).max(FEN_MAX);

export const offerSchema = z
  .strictObject({
    offer: offerIdSchema,
    kind: z.enum(['goods', 'tour', 'ticket', 'service']).describe('What it is: a phone, a tour, a ticket, …'),
    name: text(100),
    nameZh: text(100).optional(),
    items: z.array(offerItemSchema).min(1).max(ITEMS_MAX).describe('One, or several kinds or times; a member gets one'),
    opens: instantSchema.describe('From this instant on it can be claimed'),
    closes: instantSchema.optional().describe('From this instant on no more'),
    conditions: conditionsSchema.default({}),
    sponsor: text(64).describe('Who funds what the member does not pay'),
    valueFen: fen.describe('What one is worth'),
    priceFen: fen.describe('What the member pays for it'),
    collectWithinHours: z
      .int()
      .min(1)
      .max(8760)
      .optional()
      .describe('A claim that is not collected by then expires; never if absent'),
    givesBack: z
      .boolean()
      .default(true)
      .describe('Whether what was cancelled or has expired can be claimed by others, those who wait first'),
    claimAgain: z
      .boolean()
      .default(false)
      .describe('Whether who has cancelled, or let a claim expire, may claim again, behind all others'),
    waitingPlaces: z.int().min(0).max(QUOTA_MAX).default(0).describe('How many may wait once an item is gone'),
  })
  .superRefine(({ items, opens, closes, valueFen, priceFen }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message, params: { code: 'wrong-format' } });
    if (closes !== undefined && Date.parse(closes) <= Date.parse(opens)) refuse(['closes'], 'not after it opens');
    if (priceFen > valueFen) refuse(['priceFen'], 'more than it is worth');
    const seen = new Set<string>();
    for (const [index, { item }] of items.entries()) {
      if (seen.has(item)) refuse(['items', index, 'item'], 'another item has this name');
      seen.add(item);
    }
  })
  .describe('A limited offer, which members claim first come, first served');

export type Offer = z.infer<typeof offerSchema>;
