import { z } from 'zod';
import { instantSchema } from '../../tap/index.js';
import { cardLife, feeLife, orderLife, orderStates } from '../cards/index.js';
import { memberNumberSchema } from '../membership/index.js';
import { token } from './schemas.js';

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) => Object.keys(table) as [Key, ...Key[]];

export const orderId = z
  .string()
  .regex(/^[0-9a-f]{16}$/, '16 lower-case hex digits')
  .describe('The order');

export const at = instantSchema.optional().describe('From when on it holds; now where it is not told');

export const reason = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u, '1 to 200 characters, none of them a control character')
  .describe('Why');

export const lastDigits = z
  .string()
  .regex(/^\d{4}$/, 'the last four digits')
  .describe('The last four digits of the card');

export const sequenceNumber = z.int().min(0).max(99).describe('PAN sequence number');

export const orderKind = z.enum(['new', 'exchange', 'replacement']);
export const orderState = z.enum(orderStates);

export const orderSchema = z
  .object({
    order: orderId,
    member: memberNumberSchema,
    bank: z.string(),
    kind: orderKind,
    state: orderState,
    allowed: z.array(z.enum(keysOf(orderLife.steps))).describe('The steps that the state allows'),
    orderedAt: z.string(),
    readyFrom: z.iso.date().describe('The day from which on it can be ready'),
    isReadyFromAssumed: z.boolean().describe('Weekends alone were counted: the calendar does not reach so far'),
    readyAt: z.string().optional(),
    cardToken: token.optional(),
    cardMask: z.string().optional(),
    replaces: token.optional().describe('The lost card'),
    sequenceNumber: sequenceNumber.optional(),
    feeFen: z.int().min(0),
    feeState: z.enum(keysOf(feeLife.states)).optional(),
  })
  .describe('An order of a card');

const result = z.enum(['created', 'exists']).describe('exists: it was so already, and nothing was changed');

export const steppedOrderSchema = z.object({ result, order: orderSchema });

const cardStateSchema = z.enum(keysOf(cardLife.states));

export const steppedCardSchema = z.object({
  result,
  token,
  state: cardStateSchema,
  allowed: z.array(z.enum(keysOf(cardLife.steps))).describe('The steps that the state allows'),
});

export const cardEventSchema = z
  .object({
    of: z.enum(['order', 'fee', 'card']),
    step: z.string(),
    state: z.string().describe('The state after it'),
    at: z.string().describe('From when on it holds'),
    recordedAt: z.string(),
    by: z.string().describe('Who: key:…, account:…'),
    reason: z.string().optional(),
    details: z.record(z.string(), z.unknown()).describe('What was found; nothing personal'),
  })
  .describe('A step that was taken, never changed');
