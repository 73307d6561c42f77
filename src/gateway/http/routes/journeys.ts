import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import type { Intake } from '../../intake/index.js';
import { operatorFor } from '../operator-for.js';
import { type Route, route } from '../route.js';
import { chargeSchema, journeySchema, name, page, serviceDay, token } from '../schemas.js';

const query = page.extend({
  operator: name.optional(),
  from: instantSchema.optional().describe('From this instant on'),
  to: instantSchema.optional().describe('Before this instant'),
});

export function journeyRoutes(intake: Intake): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/journeys',
      operationId: 'listJourneys',
      summary: 'Journeys and what they cost, by card, operator and time',
      tag: 'journeys',
      access: 'operator',
      scope: 'journeys:read',
      query: query.extend({ card: token.optional() }),
      responses: {
        200: {
          description: 'In order of their start; `next` is there when there are more',
          schema: z.object({ journeys: z.array(journeySchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { card, operator, ...rest }, principal }) {
        const found = await intake.journeys({
          ...rest,
          operator: operatorFor(principal, operator),
          cardToken: card,
        });
        return { status: 200, body: found };
      },
    }),
    route({
      method: 'get',
      path: '/v1/charges',
      operationId: 'listCharges',
      summary: 'What was booked on journeys: first charges and corrections, by card, journey, service day and time',
      tag: 'journeys',
      access: 'operator',
      scope: 'journeys:read',
      query: query.extend({
        card: token.optional(),
        journey: z.string().max(200).optional(),
        serviceDay: serviceDay.optional(),
      }),
      responses: {
        200: {
          description: 'In order of booking; `next` is there when there are more',
          schema: z.object({ charges: z.array(chargeSchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { card, journey, operator, ...rest }, principal }) {
        const found = await intake.charges({
          ...rest,
          operator: operatorFor(principal, operator),
          cardToken: card,
          journeyId: journey,
        });
        return { status: 200, body: found };
      },
    }),
  ];
}
