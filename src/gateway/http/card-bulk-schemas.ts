import { z } from 'zod';
import { cardRefusalCodes, collectors } from '../cards/index.js';
import { memberNumberSchema, panSchema } from '../membership/index.js';
import { at, lastDigits, orderId, orderSchema, reason, sequenceNumber } from './card-schemas.js';

const shown = (length: number) =>
  z.string().regex(new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${length}}$`, 'u'), `1 to ${length} characters, no control ones`);

const named = {
  order: orderId.optional(),
  member: memberNumberSchema.optional().describe('The order of this member of which the step can be taken'),
  at,
  reason: reason.optional(),
};

const withOrder = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject({ ...named, ...shape })
    .refine(
      ({ order, member }: { readonly order?: unknown; readonly member?: unknown }) =>
        order !== undefined || member !== undefined,
      { error: 'order or member is needed', path: ['member'] },
    );

/** A row of each list of cards. */
export const bulkRowSchemas = {
  orders: z.strictObject({
    member: memberNumberSchema,
    bank: shown(64).optional().describe('One of the policy’s, by id or name; its first where none is chosen'),
    at,
    reason: reason.optional(),
  }),
  ready: withOrder({ pan: panSchema.optional(), sequenceNumber: sequenceNumber.optional() }),
  collection: withOrder({
    collector: z.enum(collectors).default('member'),
    identityNumber: shown(40).describe('The member’s, from the document that was shown'),
    name: shown(64),
    lastDigits,
  }),
  check: withOrder({ lastDigits }),
  activation: withOrder({}),
} as const;

const outcomeSchema = z
  .object({
    row: z.int().min(1).describe('Its place in the list, from 1; in a file its line'),
    member: z.string().optional(),
    result: z.enum(['created', 'exists', 'refused']).describe('exists: it was so already, and nothing was changed'),
    order: orderSchema.optional().describe('As it is now; of a row that was not refused'),
    code: z.enum(cardRefusalCodes).optional().describe('Why it was refused'),
    text: z.string().optional(),
    fields: z.array(z.string()).optional().describe('What of the row is missing or wrong'),
  })
  .describe('What became of one row');

const count = z.int().min(0);

export const bulkAnswerSchema = z
  .object({
    counts: z.object({ created: count, exists: count, refused: count }),
    rows: z.array(outcomeSchema).describe('In the order of the list'),
  })
  .describe('Row by row: good ones are done, whatever became of the others');
