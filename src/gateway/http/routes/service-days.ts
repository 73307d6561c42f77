import { z } from 'zod';
import type { Intake } from '../../intake/index.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { serviceDay } from '../schemas.js';

const fen = z.int();

const totalsSchema = z
  .object({
    serviceDay: z.string(),
    closed: z.boolean(),
    operators: z.array(
      z.object({
        operator: z.string(),
        journeys: z.int(),
        grossFen: fen.describe('Fares'),
        cardFen: fen.describe('Paid by cards'),
        sponsors: z.array(z.object({ sponsor: z.string(), amountFen: fen })),
      }),
    ),
    grossFen: fen,
    cardFen: fen,
    sponsorFen: fen,
  })
  .describe('The books of a service day: grossFen = cardFen + sponsorFen');

const closedSchema = totalsSchema.extend({ closedJourneys: z.int().describe('How many waited for a tap until now') });

const params = z.strictObject({ date: serviceDay });

export function serviceDayRoutes(
  intake: Intake,
  { clock, dayOf }: { readonly clock: () => Date; readonly dayOf: (instant: string) => string },
): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/service-days/{date}',
      operationId: 'readServiceDay',
      summary: 'What was booked on a service day',
      tag: 'service days',
      access: 'administrator',
      scope: 'books:read',
      params,
      responses: { 200: { description: 'The totals', schema: totalsSchema } },
      handle: async ({ params: { date } }) => ({ status: 200, body: await intake.totals(date) }),
    }),
    route({
      method: 'post',
      path: '/v1/service-days/{date}/close',
      operationId: 'closeServiceDay',
      summary: 'Close a service day that is over: open journeys are priced, and its books never change again',
      tag: 'service days',
      access: 'administrator',
      scope: 'books:write',
      params,
      responses: { 200: { description: 'The totals; closing twice does no harm', schema: closedSchema } },
      problems: ['service-day-not-over'],
      async handle({ params: { date } }) {
        const today = dayOf(clock().toISOString());
        if (date >= today) throw new Problem('service-day-not-over', { detail: `The service day is ${today}.` });
        return { status: 200, body: await intake.closeServiceDay(date) };
      },
    }),
  ];
}
