import { z } from 'zod';
import {
  type CardOptions,
  type CardStepRefused,
  cardStateAt,
  closeCard,
  exchangeCard,
  findCard,
  loseCard,
  readCardLife,
  readFacts,
  replaceCard,
  reporters,
  steppedCard,
} from '../../cards/index.js';
import { memberRecordSchema } from '../../membership/index.js';
import { wasStepped } from '../card-problem.js';
import { at, cardEventSchema, reason, steppedCardSchema, steppedOrderSchema } from '../card-schemas.js';
import { actorOf, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { reachCard } from '../reach-card.js';
import { type Route, route } from '../route.js';
import { token } from '../schemas.js';
import type { Scope } from '../scopes.js';
import { stepResponses } from './card-orders.js';

const params = z.strictObject({ token });
const step = { at, reason: reason.optional() };

const checked = <Value extends z.ZodType<string | undefined>>(value: Value) =>
  z
    .union([z.strictObject({ isConfirmed: z.literal(true) }), z.strictObject({ corrected: value })])
    .describe('What the teller asked for: as it is known, or another one');

/** What happens to a card in its life: exchanged, lost, found, replaced, closed. */
export function cardStepRoutes(options: CardOptions): Route[] {
  const { kysely } = options.database;
  const stepRoute = <Body extends z.ZodType>({
    path,
    body,
    schema,
    take,
    ...rest
  }: {
    readonly path: string;
    readonly operationId: string;
    readonly summary: string;
    readonly scope: Scope;
    readonly body: Body;
    readonly schema: z.ZodType;
    take(
      request: z.infer<Body> & { readonly token: string; readonly by: string },
    ): Promise<{ readonly result: 'created' | 'exists' } | CardStepRefused>;
  }): Route =>
    route({
      ...rest,
      method: 'post',
      path: `/v1/cards/{token}/${path}`,
      tag: 'cards',
      access: 'people',
      params,
      body: { schema: body, mediaType: 'application/json' },
      responses: stepResponses(schema),
      problems: ['not-found', 'card-step-not-allowed', 'card-step-refused'],
      async handle({ params, body, principal }) {
        await reachCard(options, reachOf(principal), params.token);
        return wasStepped(await take({ ...(body as object), token: params.token, by: actorOf(principal) } as never));
      },
    });
  return [
    route({
      method: 'get',
      path: '/v1/cards/{token}/events',
      operationId: 'readCardLife',
      summary: 'Where a card is in its life, what is allowed now, and each step of it and its orders',
      tag: 'cards',
      access: 'people',
      scope: 'card-orders:read',
      audit: 'read',
      params,
      responses: {
        200: {
          description: 'In order of the instants from which they hold',
          schema: steppedCardSchema.omit({ result: true }).extend({ events: z.array(cardEventSchema) }),
        },
      },
      problems: ['not-found'],
      async handle({ params, principal }) {
        await reachCard(options, reachOf(principal), params.token);
        const facts = await readFacts(kysely, params.token);
        if (!facts) throw new Problem('not-found');
        const state = cardStateAt(facts, options.clock().toISOString());
        const { result: _, ...card } = steppedCard('exists', params.token, state);
        return { status: 200, body: { ...card, events: await readCardLife(kysely, params.token) } };
      },
    }),
    stepRoute({
      path: 'exchanges',
      operationId: 'exchangeCard',
      summary: 'Order the exchange of a PBOC 2.0 card: the number stays, mobile number and address are checked',
      scope: 'cards:exchange',
      body: z.strictObject({
        ...step,
        mobile: checked(memberRecordSchema.shape.mobile.unwrap()),
        address: checked(memberRecordSchema.shape.address.unwrap()),
      }),
      schema: steppedOrderSchema,
      take: (request) => exchangeCard(options, request),
    }),
    stepRoute({
      path: 'losses',
      operationId: 'reportCardLost',
      summary: 'Report a card lost; it is on the deny list when this is answered',
      scope: 'cards:report-loss',
      body: z.strictObject({ ...step, through: z.enum(reporters).describe('Who tells of it') }),
      schema: steppedCardSchema,
      take: (request) => loseCard(options, request),
    }),
    stepRoute({
      path: 'finds',
      operationId: 'reportCardFound',
      summary: 'Withdraw the report of a loss, within the time that the policy gives',
      scope: 'cards:report-loss',
      body: z.strictObject(step),
      schema: steppedCardSchema,
      take: (request) => findCard(options, request),
    }),
    stepRoute({
      path: 'replacements',
      operationId: 'replaceCard',
      summary: 'Order another card in place of a lost one; the fee is booked',
      scope: 'cards:replace',
      body: z.strictObject(step),
      schema: steppedOrderSchema,
      take: (request) => replaceCard(options, request),
    }),
    stepRoute({
      path: 'closings',
      operationId: 'closeCard',
      summary: 'Close a card for good',
      scope: 'cards:close',
      body: z.strictObject({ at, reason }),
      schema: steppedCardSchema,
      take: (request) => closeCard(options, request),
    }),
  ];
}
