import { z } from 'zod';
import { date, fen, provenance, text } from '../fares/fare-fields.js';
import { boxedCalendar } from '../fares/with-calendars.js';

const days = z.int().min(0).max(366);

/** Who may fetch a card at the bank. */
export const collectors = ['member', 'officer', 'proxy'] as const;

/** The rules of cards: days, fees, dates, who. Another city writes its own. */
export const cardPolicySchema = z.strictObject({
  id: text,
  name: text,
  nameZh: text.optional(),
  /** A calendar of holidays in the box. */
  calendar: text.refine((id) => boxedCalendar(id) !== undefined, 'no such calendar in the box'),
  /** The first is that of whoever chooses none. */
  banks: z.array(z.strictObject({ id: text, name: text, nameZh: text.optional() })).min(1),
  ready: z.strictObject({
    /** The day of the order is not one of them; a card can be ready on the last. */
    workingDays: days,
    isEarlyAllowed: z.boolean(),
    ...provenance,
  }),
  collection: z.strictObject({
    by: z.array(z.enum(collectors)).min(1),
    isFeePaidBefore: z.boolean(),
    /** So long after it was ready a card counts as left lying. */
    uncollectedAfterDays: days,
    ...provenance,
  }),
  exchange: z.strictObject({
    /** The first day on which one can be ordered. */
    from: date,
    feeFen: fen,
    ...provenance,
  }),
  loss: z.strictObject({
    /** So long after a loss was reported it can be withdrawn. */
    findWithinDays: days,
    ...provenance,
  }),
  replacement: z.strictObject({
    feeFen: fen,
    /** Whether the card in place of a lost one has another number. */
    number: z.enum(['new', 'same']),
    ...provenance,
  }),
  /** How many cards one member may have in use or on order, besides lost ones. */
  cardsOfMember: z.int().min(1).max(20),
});

export type CardPolicy = z.infer<typeof cardPolicySchema>;
