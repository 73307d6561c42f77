import { z } from 'zod';
import {
  ACCOUNTS_WITH_PARTIES,
  correct,
  type DebtMove,
  type LedgerOptions,
  moveDebt,
  readCardAccount,
  readTransaction,
  readTransactions,
  readTrialBalance,
  refundJourney,
} from '../../settlement/index.js';
import { pageOf } from '../page-of.js';
import type { Principal } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { page, token } from '../schemas.js';
import { wasRecordedOnce } from '../settlement-problem.js';
import {
  correctionSchema,
  positiveFen,
  reason,
  recordedSchema,
  transactionId,
  transactionSchema,
  trialBalanceSchema,
} from '../settlement-schemas.js';

const responses = {
  201: { description: 'Written', schema: recordedSchema },
  200: { description: 'It was written before, under the same id', schema: recordedSchema },
};

/** Where a page in order of instants and ids ended. */
export const recordedCursor = z
  .string()
  .regex(/^\d{1,15}\.[A-Za-z0-9.:_-]{1,80}$/, 'not a value that a page gave as next')
  .transform((text) => {
    const dot = text.indexOf('.');
    return { atMs: Number(text.slice(0, dot)), id: text.slice(dot + 1) };
  })
  .describe('`next` of the page before');

/** Money outside the journeys: refunds, what cards owe and pay, corrections, and what stands on each account. */
export function ledgerRoutes(options: Omit<LedgerOptions, 'by'>): Route[] {
  const { kysely } = options.database;
  const asked = ({ keyId }: Principal): LedgerOptions => ({ ...options, by: keyId });
  const reading = { tag: 'ledger', access: 'administrator', scope: 'settlements:read' } as const;
  const writing = { tag: 'ledger', access: 'administrator', scope: 'settlements:write', method: 'post' } as const;

  const debtRoute = (kind: DebtMove, path: string, operationId: string, summary: string) =>
    route({
      ...writing,
      path: `/v1/debts/{card}/${path}`,
      operationId,
      summary,
      params: z.strictObject({ card: token }),
      body: {
        schema: z.strictObject({ id: transactionId, amountFen: positiveFen, reason }),
        mediaType: 'application/json',
      },
      responses,
      problems: ['transaction-conflict', kind === 'payout' ? 'credit-exceeded' : 'debt-exceeded'],
      handle: async ({ params, body, principal }) =>
        wasRecordedOnce(await moveDebt(asked(principal), { ...body, kind, cardToken: params.card })),
    });

  return [
    route({
      ...writing,
      path: '/v1/refunds',
      operationId: 'refundJourney',
      summary: 'Give back what a journey was booked with or a card paid at a refused tap, or a part of it',
      body: {
        schema: z.strictObject({
          id: transactionId,
          journey: z.string().max(200).describe('Or the id of a tap that was refused, at which the card paid'),
          amountFen: positiveFen.optional().describe('What the card gets back; left out: all that is left'),
          reason,
        }),
        mediaType: 'application/json',
      },
      responses,
      problems: ['not-found', 'transaction-conflict', 'refund-too-large'],
      handle: async ({ body: { journey, ...body }, principal }) =>
        wasRecordedOnce(await refundJourney(asked(principal), { ...body, journeyId: journey })),
    }),
    route({
      ...writing,
      path: '/v1/corrections',
      operationId: 'correctBooks',
      summary: 'Write what a person has decided by hand; what was booked stays',
      body: { schema: correctionSchema, mediaType: 'application/json' },
      responses,
      problems: ['not-found', 'transaction-conflict', 'entries-invalid'],
      async handle({ body: { journey: journeyId, ...body }, principal }) {
        checkEntries(body.entries);
        return wasRecordedOnce(await correct(asked(principal), { ...body, journeyId }));
      },
    }),
    debtRoute('payment', 'payments', 'payDebt', 'A card pays what it owes, or a part'),
    debtRoute('payout', 'payouts', 'payOutCredit', 'A card is paid out what it is owed, or a part'),
    debtRoute('write-off', 'write-offs', 'writeOffDebt', 'What a card owes is given up, or a part'),
    route({
      ...reading,
      method: 'get',
      path: '/v1/debts/{card}',
      operationId: 'readCardAccount',
      summary: 'What a card owes of the days that are settled, or is owed',
      params: z.strictObject({ card: token }),
      responses: {
        200: {
          description: 'The account; a card of which nothing was settled owes nothing',
          schema: z.object({
            cardToken: token,
            dueFen: z.int().describe('Owed by the card; below zero what it is owed'),
          }),
        },
      },
      handle: async ({ params }) => ({ status: 200, body: await readCardAccount(kysely, params.card) }),
    }),
    route({
      ...reading,
      method: 'get',
      path: '/v1/ledger/transactions',
      operationId: 'listTransactions',
      summary: 'Transactions of the ledger, by card and kind',
      query: page.extend({
        after: recordedCursor.optional(),
        card: token.optional(),
        kind: transactionSchema.shape.kind.optional(),
      }),
      responses: {
        200: {
          description: 'In the order in which they were written; `next` is there when there are more',
          schema: z.object({ transactions: z.array(transactionSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, card, ...query } }) {
        const read = await readTransactions(kysely, { ...query, cardToken: card, limit: limit + 1 });
        const { items, next } = pageOf(read, limit, ({ at, id }) => `${Date.parse(at)}.${id}`);
        return { status: 200, body: { transactions: items, next } };
      },
    }),
    route({
      ...reading,
      method: 'get',
      path: '/v1/ledger/transactions/{transaction}',
      operationId: 'readTransaction',
      summary: 'One transaction of the ledger',
      params: z.strictObject({ transaction: z.string().max(80) }),
      responses: { 200: { description: 'The transaction', schema: transactionSchema } },
      problems: ['not-found'],
      async handle({ params }) {
        const transaction = await readTransaction(kysely, params.transaction);
        if (!transaction) throw new Problem('not-found');
        return { status: 200, body: transaction };
      },
    }),
    route({
      ...reading,
      method: 'get',
      path: '/v1/ledger/trial-balance',
      operationId: 'readTrialBalance',
      summary: 'What stands on each account; it sums to zero',
      responses: { 200: { description: 'The accounts', schema: trialBalanceSchema } },
      handle: async () => ({ status: 200, body: await readTrialBalance(kysely) }),
    }),
  ];
}

/** Throws Problem where the entries do not sum to zero, move nothing, or name a party too few or too many. */
function checkEntries(entries: z.infer<typeof correctionSchema>['entries']): void {
  const sumFen = entries.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (sumFen !== 0) throw new Problem('entries-invalid', { detail: `They sum to ${sumFen} fen.` });
  if (entries.every(({ amountFen }) => amountFen === 0)) {
    throw new Problem('entries-invalid', { detail: 'They move nothing.' });
  }
  for (const { account, party } of entries) {
    const isWanted = ACCOUNTS_WITH_PARTIES.has(account);
    if (isWanted === (party !== undefined) && (account !== 'card' || token.safeParse(party).success)) continue;
    const detail = isWanted ? `${account} names its party; a card by its token.` : `${account} has no party.`;
    throw new Problem('entries-invalid', { detail });
  }
}
