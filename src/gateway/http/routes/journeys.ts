import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import type { Intake } from '../../intake/index.js';
import { maySpeakFor } from '../may-speak-for.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { journeySchema, name, page, token } from '../schemas.js';

const journeysQuery = page.extend({
  card: token.optional(),
  operator: name.optional(),
  from: instantSchema.optional().describe('Begun at this instant or later'),
  to: instantSchema.optional().describe('Begun before this instant'),
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
      query: journeysQuery,
      responses: {
        200: {
          description: 'In order of their start; `next` is there when there are more',
          schema: z.object({ journeys: z.array(journeySchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { card, ...query }, principal }) {
        const operator = principal.role === 'operator' ? principal.operator : query.operator;
        if (query.operator !== undefined && !maySpeakFor(principal, query.operator)) {
          throw new Problem('operator-mismatch');
        }
        const { operator: _, ...rest } = query;
        const found = await intake.journeys({
          ...rest,
          ...(operator && { operator }),
          ...(card && { cardToken: card }),
        });
        return { status: 200, body: found };
      },
    }),
  ];
}
