import { z } from 'zod';
import { name, serviceDay, token } from './schemas.js';

const fen = z.int().describe('Fen, 1/100 yuan');
const sha256 = z.string().regex(/^([0-9a-f]{64})?$/);
const state = z.enum(['created', 'sent', 'acknowledged', 'rejected', 'resubmitted']);
const file = z.object({
  sha256: sha256.describe('SHA-256 of the file, lower-case hex'),
  previousSha256: sha256.describe('Of the party’s file before it; empty where there is none'),
});

export const partyKind = z.enum(['operator', 'sponsor']);
export const settlementState = state;

export const reason = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,400}$/u, '1 to 400 characters, none of them a control character')
  .describe('Why; it goes into the books and the files');

/** Made by the client, kept before it asks, and the same when it asks again. */
export const transactionId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, '1 to 64 letters, digits, dots, hyphens and underscores')
  .describe('Made by you: the same again is answered again and written once');

export const positiveFen = z.int().min(1).max(1_000_000_000).describe('Fen, 1/100 yuan');

export const settlementSchema = z
  .object({
    id: z.string(),
    number: z.int().min(1).describe('Counts the settlements with a party'),
    serviceDay,
    partyKind,
    party: z.string().describe('The operator or the sponsor'),
    resubmits: z.string().optional().describe('The rejected settlement that this one hands in again'),
    state,
    createdAt: z.string(),
    totals: z
      .object({
        lines: z.int(),
        grossFen: fen.describe('What the operator earned: cardFen + sponsorFen + otherFen'),
        cardFen: fen,
        sponsorFen: fen,
        otherFen: fen.describe('From corrections: fees and the like'),
        debitedFen: fen.describe('What cards paid of it at the taps'),
        amountFen: fen.describe('What changes hands: owed to the operator, or by the sponsor'),
      })
      .describe('What the lines of the file sum to'),
    files: z.object({ csv: file, json: file }),
    events: z.array(z.object({ state, at: z.string(), by: z.string(), reason: z.string().optional() })),
  })
  .describe('What is settled with one operator or sponsor for one service day');

export const settledDaySchema = z.object({
  result: z.enum(['created', 'exists']),
  serviceDay,
  settlements: z.array(settlementSchema),
});

export const settlementFileSchema = z
  .object({
    settlement: z.object({ id: z.string(), number: z.int(), previousSha256: sha256 }).loose(),
    lines: z.array(z.object({ record: z.enum(['charge', 'transaction']), reference: z.string() }).loose()),
    totals: settlementSchema.shape.totals,
  })
  .describe('All lines of a settlement; a settlement’s hash is taken over these bytes');

const ledgerAccount = z.enum(['operator', 'sponsor', 'card', 'purse', 'bank', 'fees', 'write-off']);

export const transactionSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['settlement', 'fee', 'refund', 'correction', 'payment', 'payout', 'write-off']),
    serviceDay: serviceDay.describe('In whose settlement it goes'),
    at: z.string(),
    by: z.string().describe('The key that asked for it'),
    reason: z.string(),
    cardToken: token.optional(),
    journeyId: z.string().optional(),
    entries: z
      .array(
        z.object({
          account: ledgerAccount,
          party: z.string().optional(),
          operator: z.string().optional(),
          amountFen: fen,
        }),
      )
      .describe('They sum to zero: what is owed to us is above, what we owe below'),
  })
  .describe('A transaction of the ledger, never changed');

export const recordedSchema = z.object({ result: z.enum(['created', 'exists']), transaction: transactionSchema });

export const trialBalanceSchema = z
  .object({
    accounts: z.array(z.object({ account: ledgerAccount, party: z.string().optional(), balanceFen: fen })),
    sumFen: fen.describe('Zero, or the books are broken'),
    settledDays: z.int(),
    unsettledDays: z.int().describe('Closed and not settled yet'),
    openItems: z
      .object({
        overCreditedFen: fen.describe('Given back beyond what journeys are booked with: listOverCredits'),
        refusedDebitsFen: fen.describe('Paid by cards at taps that were refused: listRefusedDebits'),
      })
      .describe('What stands on no account until somebody has decided'),
  })
  .describe('What stands on each account of the ledger; all cards together');

export const overCreditSchema = z
  .object({
    journeyId: z.string(),
    cardToken: token,
    operator: z.string(),
    bookedFen: fen.describe('What card and sponsors are booked with now'),
    returnedFen: fen.describe('What they were given back'),
    cardOverFen: fen.describe('What the card has too much'),
    sponsorOverFen: fen.describe('What sponsors have too much'),
  })
  .describe('A journey of which more was given back than it is booked with: it was priced again after its refund');

export const refusedDebitSchema = z
  .object({
    tapId: z.string(),
    cardToken: token.or(z.literal('')).describe('Empty where no card number could be read'),
    cardMask: z.string(),
    operator: z.string(),
    terminal: z.string(),
    sequence: z.int(),
    at: z.string(),
    serviceDay: z.string(),
    reason: z.string().describe('Why the tap was refused'),
    debitedFen: fen.describe('What the card paid'),
    openFen: fen.describe('What of it no refund or correction has booked yet'),
  })
  .describe('What a card paid at a tap that belongs to no journey');

export const correctionSchema = z.strictObject({
  id: transactionId,
  reason,
  journey: z
    .string()
    .max(200)
    .optional()
    .describe('The journey or the refused tap that it is about: it counts for what is over-credited or open there'),
  operator: name.optional().describe('In whose settlement it goes; in none where it is left out'),
  entries: z
    .array(
      z.strictObject({
        account: ledgerAccount,
        party: name.or(token).optional().describe('Operator, sponsor or card token, where the account has parties'),
        amountFen: z.int().min(-1_000_000_000_000).max(1_000_000_000_000),
      }),
    )
    .min(2)
    .max(100)
    .describe('They sum to zero: what is owed to us is above, what we owe below'),
});
