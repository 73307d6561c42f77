import { z } from 'zod';
import {
  cardStateSchema,
  listCards,
  type MembershipOptions,
  memberNumberSchema,
  nameCard,
  newCardSchema,
  panSchema,
  readCard,
  recordCard,
  recordState,
} from '../../membership/index.js';
import { isCardReachable } from '../../people/index.js';
import { orMembersInvalid } from '../membership-problem.js';
import { membershipSchemas, recordedSchema, wasRecorded } from '../membership-schemas.js';
import { pageOf } from '../page-of.js';
import { reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { page, token } from '../schemas.js';

const named = z.object({ token, mask: z.string().describe('First six and last four digits') });
const params = z.strictObject({ token });

/** Cards by their tokens. A card number is in bodies of requests only, never in an address or an answer. */
export function cardRoutes(options: MembershipOptions): Route[] {
  const { kysely } = options.database;
  return [
    route({
      method: 'get',
      path: '/v1/cards',
      operationId: 'listCards',
      summary: 'Registered cards and their states',
      tag: 'cards',
      access: 'people',
      scope: 'members:read',
      audit: 'read',
      query: page.extend({
        member: memberNumberSchema.optional(),
        after: token.optional().describe('`next` of the page before'),
      }),
      responses: {
        200: {
          description: 'In order of their tokens; `next` is there when there are more',
          schema: z.object({ cards: z.array(membershipSchemas.card), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query }, principal }) {
        const found = await listCards(kysely, { ...query, limit: limit + 1, reach: reachOf(principal) });
        const { items, next } = pageOf(found, limit, ({ token }) => token);
        return { status: 200, body: { cards: items, next } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/cards',
      operationId: 'recordCard',
      summary: 'Record a card, or what has changed: a new bank, or PBOC 3.0 after the exchange',
      tag: 'cards',
      access: 'administrator',
      scope: 'members:write',
      body: { schema: newCardSchema, mediaType: 'application/json' },
      responses: {
        201: { description: 'Recorded', schema: named.extend({ recorded: recordedSchema }) },
        200: { description: 'All of it was known', schema: named.extend({ recorded: recordedSchema }) },
      },
      problems: ['members-invalid'],
      async handle({ body }) {
        const recorded = await orMembersInvalid('record', recordCard(options, body));
        const card = nameCard(body.pan, options.tokenKey);
        return { status: wasRecorded(recorded).status, body: { ...card, recorded }, audited: { token: card.token } };
      },
    }),
    route({
      method: 'post',
      path: '/v1/cards/lookup',
      operationId: 'lookUpCard',
      summary: 'The token of a card number, whether the card is registered or not',
      tag: 'cards',
      access: 'operator',
      scope: 'cards:lookup',
      audit: 'read',
      body: { schema: z.strictObject({ pan: panSchema }), mediaType: 'application/json' },
      responses: { 200: { description: 'What the card is called here', schema: named } },
      handle: async ({ body }) => ({
        status: 200,
        body: nameCard(body.pan, options.tokenKey),
      }),
    }),
    route({
      method: 'get',
      path: '/v1/cards/{token}',
      operationId: 'readCard',
      summary: 'A registered card and its states',
      tag: 'cards',
      access: 'people',
      scope: 'members:read',
      audit: 'read',
      params,
      responses: { 200: { description: 'The card', schema: membershipSchemas.card } },
      problems: ['not-found'],
      async handle({ params, principal }) {
        const isThere = await isCardReachable(kysely, reachOf(principal), params.token);
        const card = isThere ? await readCard(kysely, params.token) : undefined;
        if (!card) throw new Problem('not-found');
        return { status: 200, body: card };
      },
    }),
    route({
      method: 'post',
      path: '/v1/cards/{token}/states',
      operationId: 'recordCardState',
      summary: 'Record that a card is lost, closed or active again, from an instant on',
      tag: 'cards',
      access: 'administrator',
      scope: 'members:write',
      params,
      body: { schema: cardStateSchema, mediaType: 'application/json' },
      responses: {
        201: { description: 'Recorded', schema: recordedSchema },
        200: { description: 'It was known', schema: recordedSchema },
      },
      problems: ['members-invalid', 'not-found'],
      async handle({ params, body }) {
        if (!(await readCard(kysely, params.token))) throw new Problem('not-found');
        const state = { ...body, token: params.token };
        return wasRecorded(await orMembersInvalid('record', recordState(options, state)));
      },
    }),
  ];
}
