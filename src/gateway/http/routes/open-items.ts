import { z } from 'zod';
import { readOverCredits, readRefusedDebits } from '../../settlement/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { operatorFor } from '../operator-for.js';
import { pageOf } from '../page-of.js';
import { type Route, route } from '../route.js';
import { name, page, serviceDay } from '../schemas.js';
import { overCreditSchema, refusedDebitSchema } from '../settlement-schemas.js';
import { recordedCursor } from './ledger.js';

/** What stands on no account: it is seen here until somebody has decided. An operator sees its own. */
export function openItemRoutes({ kysely }: GatewayDatabase): Route[] {
  const reading = { tag: 'ledger', access: 'operator', scope: 'settlements:read', method: 'get' } as const;
  const operator = name.optional();
  return [
    route({
      ...reading,
      path: '/v1/ledger/over-credits',
      operationId: 'listOverCredits',
      summary: 'Journeys of which more was given back than they are booked with now',
      query: page.extend({ after: z.string().max(200).optional(), operator }),
      responses: {
        200: {
          description: 'In order of the journeys; `next` is there when there are more',
          schema: z.object({ overCredits: z.array(overCreditSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query }, principal }) {
        const asked = { ...query, operator: operatorFor(principal, query.operator), limit: limit + 1 };
        const { items, next } = pageOf(await readOverCredits(kysely, asked), limit, ({ journeyId }) => journeyId);
        return { status: 200, body: { overCredits: items, next } };
      },
    }),
    route({
      ...reading,
      path: '/v1/ledger/refused-debits',
      operationId: 'listRefusedDebits',
      summary: 'What cards paid at taps that were refused, and nobody has booked',
      query: page.extend({ after: recordedCursor.optional(), operator, serviceDay: serviceDay.optional() }),
      responses: {
        200: {
          description: 'In order of their coming; `next` is there when there are more',
          schema: z.object({ refusedDebits: z.array(refusedDebitSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query }, principal }) {
        const asked = { ...query, operator: operatorFor(principal, query.operator), limit: limit + 1 };
        const { items, next } = pageOf(
          await readRefusedDebits(kysely, asked),
          limit,
          ({ receivedAt, tapId }) => `${Date.parse(receivedAt)}.${tapId}`,
        );
        const refusedDebits = items.map(({ receivedAt, ...item }) => item);
        return { status: 200, body: { refusedDebits, next } };
      },
    }),
  ];
}
