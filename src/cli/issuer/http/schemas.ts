import { z } from 'zod';
import { authorizationKinds } from '../../../../simulator/index.js';

const hex = (description: string) =>
  z
    .string()
    .regex(/^([0-9A-Fa-f]{2})+$/, 'bytes in hex')
    .max(2048)
    .describe(description);
const fen = z.int().min(0).max(999_999_999_999).describe('Fen, 1/100 yuan');
const amount = fen.min(1);
const pin = z.string().regex(/^\d{4,12}$/, '4 to 12 digits');
const pan = z.string().regex(/^\d{8,19}$/, '8 to 19 digits');
const panSequenceNumber = z.string().regex(/^\d{2}$/, 'two digits');
const id = z
  .string()
  .regex(/^[\w.:-]{1,64}$/, '1 to 64 letters, digits and . : - _')
  .describe('Named by the client; the same id counts once');

/** What a terminal's message tells of the card's transaction: field 55, or the data objects one by one. */
const message = {
  field55: hex('The data objects as TLV, as field 55 of ISO 8583 has them').exactOptional(),
  data: z
    .record(z.string().regex(/^[0-9A-F]{2,6}$/, 'a tag'), hex('The value'))
    .exactOptional()
    .describe('The data objects by tag; instead of field55 or beside it'),
  pan: pan.exactOptional().describe('Where no data object (5A, 57) has it'),
  panSequenceNumber: panSequenceNumber.exactOptional().describe('Where 5F34 does not come'),
  amountFen: fen.exactOptional().describe('Where 9F02 does not come; where it does, both have to agree'),
};

export const authorizationSchema = z
  .strictObject({
    ...message,
    kind: z.enum(authorizationKinds).default('purchase').describe('load moves the amount to the purse'),
    pinBlock: hex('Online PIN under the zone key: 8 bytes of format 0, or 16 of format 4').exactOptional(),
  })
  .describe('An authorization request');

export const adviceSchema = z.strictObject(message).describe('A transaction that was decided without the issuer');

export const confirmationSchema = z.strictObject({
  authorization: z.string().max(64).describe('The id of the answer'),
  outcome: z.enum(['completed', 'reversed']).default('completed'),
  scriptResults: z
    .array(z.string().regex(/^[0-9A-Fa-f]{10}$/, '5 bytes in hex'))
    .max(32)
    .default([])
    .describe('5 bytes for each script (EMV 4.3 Book 4 Annex A5)'),
});

const limitsSchema = z.strictObject({
  amountEachFen: fen.exactOptional(),
  amountDailyFen: fen.exactOptional(),
  countDaily: z.int().min(0).exactOptional(),
  referralFen: fen.exactOptional().describe('Above it the holder has to be called (01)'),
  purseFen: fen.exactOptional().describe('The most that the purse may hold'),
});

const statusSchema = z.enum(['active', 'lost', 'stolen', 'closed']);

export const newAccountSchema = z.strictObject({
  pan,
  panSequenceNumber: panSequenceNumber.default('01'),
  availableFen: fen,
  currency: z
    .string()
    .regex(/^\d{4}$/, 'a numeric code of four digits')
    .exactOptional(),
  limits: limitsSchema.exactOptional(),
  pin: pin.exactOptional().describe('The online PIN'),
});

export const changesSchema = z.strictObject({
  status: statusSchema.exactOptional(),
  availableFen: fen.exactOptional(),
  limits: limitsSchema.exactOptional(),
  pin: z.union([pin, z.null()]).exactOptional().describe('The online PIN, with all its tries; null for none'),
});

export const loadSchema = z.strictObject({ id: id.exactOptional(), amountFen: amount });

const simpleOrders = ['block-application', 'unblock-application', 'block-card', 'unblock-pin'] as const;

export const orderSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: id.exactOptional(), kind: z.enum(simpleOrders) }),
  z.strictObject({
    id: id.exactOptional(),
    kind: z.literal('change-pin'),
    newPin: pin,
    currentPin: pin.exactOptional(),
  }),
  z.strictObject({
    id: id.exactOptional(),
    kind: z.literal('put-data'),
    tag: z.string().regex(/^([0-9A-Fa-f]{2}){1,2}$/, 'a tag of one or two bytes'),
    value: hex('The value'),
  }),
  z.strictObject({
    id: id.exactOptional(),
    kind: z.literal('update-record'),
    shortFileIdentifier: z.int().min(1).max(30),
    recordNumber: z.int().min(1).max(255),
    record: hex('The whole record'),
  }),
]);

export const cardParams = z.object({
  card: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits')
    .describe('The token of a card'),
});

export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits')
    .exactOptional()
    .describe('The last token of the page before'),
});

const cardSchema = z.object({ token: z.string(), mask: z.string().describe('First six and last four digits') });
const shownOrderSchema = z.looseObject({ kind: z.string() });

export const answerSchema = z
  .object({
    id: z.string().exactOptional().describe('For the confirmation; absent where the card has not proved itself'),
    card: cardSchema.exactOptional(),
    decision: z.enum(['approved', 'referred', 'declined']),
    reason: z.string(),
    meaning: z.string(),
    responseCode: z.string().describe('8A'),
    authorizationCode: z.string().exactOptional().describe('89'),
    issuerAuthenticationData: z.string().exactOptional().describe('91: ARPC and response code'),
    scripts: z.array(z.string()).describe('Templates 72'),
    field55: z.string().exactOptional().describe('8A, 91 and the scripts as TLV'),
    orders: z.array(shownOrderSchema).describe('What the scripts tell the card, without PINs'),
    checks: z.array(z.object({ check: z.string(), passed: z.boolean(), reason: z.string().exactOptional() })),
    notes: z.array(z.string()).describe('What terminal and card found that the issuer does not decline for'),
    availableFen: fen.exactOptional().describe('Of an approved balance inquiry'),
  })
  .describe('The issuer’s answer');

export const advisedSchema = z.object({
  card: cardSchema.exactOptional(),
  isProved: z.boolean(),
  reason: z.string().exactOptional(),
  cryptogramType: z.enum(['AAC', 'TC', 'ARQC']).exactOptional(),
});

export const accountSchema = z
  .object({
    card: cardSchema,
    panSequenceNumber: z.string(),
    status: statusSchema,
    currency: z.string(),
    availableFen: z.int(),
    limits: limitsSchema,
    transactionCounter: z.int().describe('The highest that was seen'),
    day: z.object({ date: z.string(), count: z.int(), amountFen: z.int() }),
    pinTriesLeft: z.int().exactOptional().describe('Of the online PIN; absent where there is none'),
    orders: z.array(shownOrderSchema).describe('What waits for the card'),
    loads: z.array(z.object({ id: z.string(), amountFen: fen })).describe('Loads that wait for the card'),
    sent: z
      .array(z.object({ identifier: z.string(), orders: z.array(shownOrderSchema) }))
      .describe('Scripts whose end is not known yet'),
  })
  .describe('An account');

export const accountsSchema = z.object({ accounts: z.array(accountSchema), next: z.string().exactOptional() });

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().exactOptional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).exactOptional(),
});
