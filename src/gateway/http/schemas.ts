import { z } from 'zod';
import { instantSchema, placeSchema, services, tapEvents } from '../../tap/index.js';
import { exceptionKinds } from '../exceptions/index.js';
import { membershipReasons } from '../membership/decide/index.js';

const fen = z.int().describe('Fen, 1/100 yuan');

export const token = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits')
  .describe('The name of a card: a keyed hash of its number');
export const serviceDay = z.iso.date().describe('Service day, YYYY-MM-DD in Asia/Shanghai, from 03:00');
export const name = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u, '1 to 64 characters, none of them a control character');

const stepSchema = z.object({
  rule: z.string(),
  text: z.string(),
  textZh: z.string(),
  amountFen: fen.optional().describe('What the step changed; below zero for a discount'),
  campaign: z.string().optional(),
});

export const journeySchema = z
  .object({
    id: z.string(),
    cardToken: token,
    cardMask: z.string().describe('First six and last four digits'),
    operator: z.string(),
    service: z.enum(services),
    serviceDay: z.string(),
    status: z.enum(['open', 'complete', 'incomplete']),
    startedAt: z.string(),
    endedAt: z.string().optional(),
    fareProduct: z.string(),
    fareFen: fen,
    discountFen: fen,
    netFen: fen.describe('fareFen − discountFen'),
    debitedFen: fen.describe('What the card paid at the taps'),
    dueFen: fen.describe('netFen − debitedFen: to be collected, or below zero to be given back'),
    rules: z.array(z.string()),
    steps: z.array(stepSchema),
    funding: z.array(z.object({ sponsor: z.string(), amountFen: fen })),
    tapIds: z.array(z.string()),
    tariff: z.string().optional().describe('The version of the tariff that made the price'),
  })
  .describe('A journey and its price, as the taps stand now');

export const chargeSchema = z
  .object({
    journeyId: z.string(),
    revision: z.int().min(1).describe('1: what was booked first; each further one corrects'),
    kind: z.enum(['charge', 'correction']),
    cardToken: token,
    operator: z.string(),
    service: z.enum(services),
    serviceDay: serviceDay.describe('The day in whose books it is'),
    bookedAt: z.string(),
    entries: z
      .array(z.object({ account: z.enum(['fare', 'card', 'sponsor']), sponsor: z.string().optional(), amountFen: fen }))
      .describe('They sum to zero: the fare is below zero, what card and sponsors pay above'),
    steps: z.array(stepSchema).describe('How the price came about that the journey has after this booking'),
    tariff: z.string().optional().describe('The version of the tariff that made the price'),
  })
  .describe('One booking on a journey, never changed');

const membershipSchema = z
  .object({
    at: z.string().describe('The first tap of the journey: status is read as of its instant'),
    year: z.int().describe('The year for which a certification counts or would be needed'),
    entitled: z.boolean(),
    reason: z.enum(membershipReasons as [string, ...string[]]).describe('Stable'),
    text: z.string().describe('The words of the price’s steps and of the member’s page'),
    textZh: z.string(),
    lost: z
      .array(z.object({ campaign: z.string(), text: z.string(), textZh: z.string() }))
      .optional()
      .describe('Of an open journey: what it loses by this alone. Of a priced one its steps tell'),
  })
  .describe('Whether the rider has a member’s benefits on the journey, and why');

const receiptSchema = z
  .object({
    tapId: z.string(),
    cardMask: z.string(),
    service: z.enum(services),
    event: z.enum(tapEvents),
    at: z.string(),
    journey: journeySchema
      .omit({ cardToken: true, cardMask: true, operator: true, tapIds: true, tariff: true })
      .optional(),
    membership: membershipSchema.optional(),
  })
  .describe('What a tap came to, as it stood when the gateway answered');

export const tapAnswerSchema = z
  .object({
    result: z.enum(['created', 'exists']),
    id: z.string(),
    receipt: receiptSchema.optional(),
  })
  .describe('The tap is kept');

export const tapSchema = z
  .object({
    id: z.string(),
    operator: z.string(),
    terminal: z.string(),
    sequence: z.int(),
    cardToken: z.string().describe('Empty where no card number could be read'),
    cardMask: z.string(),
    at: instantSchema,
    serviceDay: z.string(),
    service: z.enum(services),
    event: z.enum(tapEvents),
    place: placeSchema,
    amountFen: fen,
    result: z.enum(['created', 'refused']).describe('The answer that was given when the tap came'),
    code: z.string().optional(),
    detail: z.string().optional(),
    receipt: receiptSchema.optional(),
    refusal: z.string().optional().describe('Why the tap takes part in no journey now'),
    journeyId: z.string().optional(),
    uploadedAt: z.string().optional().describe('When the request began that brought it'),
    receivedAt: z.string().describe('When it was kept'),
    applicationTransactionCounter: z.int().optional(),
    cryptogram: z
      .enum(['verified', 'not-checked'])
      .describe('Whether it was computed anew with a key of the card’s issuer, and was right'),
    conflicts: z.int().describe('How many other contents came under its identity'),
  })
  .describe('A tap as it was kept, with the answer that it got');

const suspicionPartSchema = z.object({
  code: z.string(),
  points: z.int(),
  found: z.int().describe('Seconds earlier, kilometres between, or transactions skipped'),
  possible: z.int().describe('The most that the policy takes for possible, in the same unit'),
});

export const exceptionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(exceptionKinds),
    code: z.string(),
    detail: z.string(),
    state: z.enum(['open', 'resolved']),
    operator: z.string(),
    terminal: z.string().optional(),
    sequence: z.int().optional().describe('The tap’s, or the first that is missing'),
    toSequence: z.int().optional().describe('Of a gap: the last that is missing'),
    tapId: z.string().optional(),
    journeyId: z.string().optional(),
    cardMask: z.string().optional(),
    at: z.string().optional().describe('When it happened, by the terminal'),
    receivedAt: z.string().describe('When the gateway came to know; of a journey that waits: when it began'),
    score: z.int().min(0).max(100).optional().describe('How much the card’s counter speaks against the tap'),
    parts: z.array(suspicionPartSchema).optional().describe('What the score is made of'),
    clockOffsetMs: z.int().optional().describe('How far a clock is ahead; below zero: behind'),
    resolution: z.object({ note: z.string(), by: z.string().describe('API key'), at: z.string() }).optional(),
  })
  .describe('Something about taps that wants a person’s look');

const fieldProblemSchema = z.object({
  pointer: z.string().describe('JSON pointer (RFC 6901)'),
  code: z.string().describe('Stable'),
  message: z.string(),
  line: z.int().optional().describe('In a file: the line on which the record begins, from 1'),
  column: z.string().optional().describe('In a file: the column'),
});

export const batchLineSchema = z
  .object({
    index: z.int().min(0).describe('The record’s place in the batch, from 0; empty lines do not count'),
    status: z.int().describe('As a single tap would be answered: 201, 200, 409, 422, 400, 403, 413, 500, 503, 507'),
    result: z.enum(['created', 'exists', 'conflict', 'refused']).optional(),
    id: z.string().optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
    errors: z.array(fieldProblemSchema).optional(),
    receipt: receiptSchema.optional(),
  })
  .describe('One line of the answer to a batch');

const count = z.int().min(0);

export const batchSchema = z
  .object({
    batch: z.string(),
    begunAt: z.string(),
    completedAt: z.string().optional().describe('When its end was reached; absent while lines are still to come'),
    nextLine: count.describe('Every line before this one has its answer: go on here'),
    counts: z
      .object({ created: count, exists: count, conflict: count, refused: count, invalid: count })
      .describe('Lines by their answers, each as it came first; invalid: no record, or another operator’s'),
  })
  .describe('How far a batch was answered');

export const batchLinesSchema = z
  .object({ lines: z.array(batchLineSchema), next: count.optional().describe('Absent where no answer follows now') })
  .describe('Answers to lines of a batch');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable'),
    detail: z.string().optional(),
    detailZh: z.string().optional().describe('The same in Chinese, where it is told to members'),
    instance: z.string().optional(),
    errors: z.array(fieldProblemSchema).optional(),
    tapId: z.string().optional().describe('The tap that was refused or in conflict'),
    scope: z.string().optional().describe('The scope that the key needs'),
    nextLine: z.int().optional().describe('The line that a batch is to go on with'),
    signatureBase: z.string().optional().describe('What the gateway takes for signed'),
    state: z.string().optional().describe('Where a card or its order is'),
    allowed: z.array(z.string()).optional().describe('The steps that are allowed from there'),
  })
  .describe('Problem details (RFC 9457)');

export const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(400).optional().describe('`next` of the page before'),
});
