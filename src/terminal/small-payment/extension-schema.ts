import { z } from 'zod';

/** What a terminal with the small-payment extension does with the trade's record (JR/T 0025.14-2013 annex C, E). */
export const extensionSchema = z.strictObject({
  /** `segment`: an entry is written on the card and priced at the exit. */
  kind: z.literal('segment'),
  /** Whose file of the card it is. */
  trade: z.enum(['metro', 'bus', 'motorway', 'parking', 'rail']),
  /** The identifier of the operator's record in that file. */
  record: z.string().regex(/^[0-9A-F]{4}$/, '2 bytes in upper-case hex'),
  layout: z.enum(['journey', 'parking']),
  cityCode: z.int().min(0).max(9999),
  operatorCode: z.int().min(0).max(9999),
  /** At the entry the card must hold as much; absent: nothing is asked. */
  minimumBalanceFen: z.int().min(1).max(100_000_00).optional(),
  /** An entry while the last journey is open: the standard refuses it. */
  openJourney: z.enum(['refuse', 'begin-anew']).default('refuse'),
  /** A card without the record: refused, or let through as at a terminal without the extension. */
  withoutRecord: z.enum(['refuse', 'plain']).default('refuse'),
});

export type SmallPaymentExtension = z.infer<typeof extensionSchema>;
