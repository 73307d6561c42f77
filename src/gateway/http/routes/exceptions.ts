import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import { exceptionKinds } from '../../exceptions/index.js';
import type { Intake } from '../../intake/index.js';
import { exceptionsPage, exceptionsPageHeaders } from '../exceptions-page.js';
import { maySpeakFor } from '../may-speak-for.js';
import { operatorFor } from '../operator-for.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { exceptionSchema, name, page } from '../schemas.js';

const query = page.extend({
  kind: z.enum(exceptionKinds).optional(),
  state: z.enum(['open', 'resolved']).optional(),
  operator: name.optional(),
  terminal: name.optional(),
  from: instantSchema.optional().describe('Received from this instant on'),
  to: instantSchema.optional().describe('Received before this instant'),
});

const params = z.strictObject({ exception: z.string().max(200) });

const note = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cs}\0]*$/u)
  .describe('What was found out; no card number');

export function exceptionRoutes(intake: Intake): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/exceptions',
      operationId: 'listExceptions',
      summary: 'What wants a person’s look: taps set aside or marked, conflicts, gaps, clocks, journeys that wait',
      tag: 'exceptions',
      access: 'operator',
      scope: 'exceptions:read',
      query,
      responses: {
        200: {
          description: 'In order of when the gateway came to know of them; `next` is there when there are more',
          schema: z.object({ exceptions: z.array(exceptionSchema), next: z.string().optional() }),
        },
      },
      problems: ['operator-mismatch'],
      async handle({ query: { operator, ...rest }, principal }) {
        const found = await intake.exceptions({ ...rest, operator: operatorFor(principal, operator) });
        return { status: 200, body: found };
      },
    }),
    route({
      method: 'post',
      path: '/v1/exceptions/{exception}/resolution',
      operationId: 'resolveException',
      summary: 'Say what was found out about an exception; it counts as open no more',
      tag: 'exceptions',
      access: 'operator',
      scope: 'exceptions:write',
      params,
      body: { schema: z.strictObject({ note }), mediaType: 'application/json' },
      responses: { 200: { description: 'The exception with what was found out', schema: exceptionSchema } },
      problems: ['not-found', 'note-holds-card-number'],
      async handle({ params: { exception: id }, body, principal }) {
        const known = await intake.exception(id);
        if (!known || !maySpeakFor(principal, known.operator)) throw new Problem('not-found');
        if (/\d([ -]?\d){12,18}/.test(body.note)) throw new Problem('note-holds-card-number');
        const resolved = await intake.resolveException(id, { note: body.note, by: principal.keyId });
        if (!resolved) throw new Problem('not-found');
        return { status: 200, body: resolved };
      },
    }),
    route({
      method: 'get',
      path: '/exceptions',
      operationId: 'showExceptions',
      summary: 'What wants a person’s look, as a page that asks for a key',
      tag: 'exceptions',
      access: 'public',
      responses: { 200: { description: 'A page', schema: z.string(), mediaType: 'text/html' } },
      handle: async () => ({
        status: 200,
        body: exceptionsPage,
        mediaType: 'text/html',
        headers: exceptionsPageHeaders,
      }),
    }),
  ];
}
