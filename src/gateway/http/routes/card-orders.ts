import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import {
  activateCard,
  type CardOptions,
  type CardStepRefused,
  type Cards,
  cancelOrder,
  checkCard,
  collectCard,
  collectors,
  lateKinds,
  payFee,
  personalizeCard,
  readOrderEvents,
  readOrders,
  readyCard,
  rejectCard,
  waiveFee,
} from '../../cards/index.js';
import { memberNumberSchema, panSchema } from '../../membership/index.js';
import { isReachable } from '../../people/index.js';
import { wasStepped } from '../card-problem.js';
import {
  at,
  cardEventSchema,
  lastDigits,
  orderId,
  orderKind,
  orderSchema,
  orderState,
  reason,
  sequenceNumber,
  steppedOrderSchema,
} from '../card-schemas.js';
import { pageOf } from '../page-of.js';
import { actorOf, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { reachOrder } from '../reach-card.js';
import { type Route, route } from '../route.js';
import { page } from '../schemas.js';
import type { Scope } from '../scopes.js';

const params = z.strictObject({ order: orderId });
const bankName = z.string().min(1).max(64);
const step = { at, reason: reason.optional() };

export const stepResponses = <Schema extends z.ZodType>(schema: Schema) => ({
  201: { description: 'Done', schema },
  200: { description: 'It was so already', schema },
});

interface StepRoute<Body extends z.ZodType> {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly scope: Scope;
  readonly body: Body;
  take(
    request: z.infer<Body> & { readonly order: string; readonly by: string },
  ): Promise<{ readonly result: 'created' | 'exists' } | CardStepRefused>;
}

/** Orders of cards, each step by whoever may take it, and what a replacement costs. */
export function cardOrderRoutes({ options, orderCard }: Cards): Route[] {
  return [...readingRoutes(options), orderRoute(options, orderCard), ...stepRoutes(options)];
}

function readingRoutes(options: CardOptions): Route[] {
  const { kysely } = options.database;
  const common = { method: 'get', tag: 'cards', access: 'people', scope: 'card-orders:read', audit: 'read' } as const;
  return [
    route({
      ...common,
      path: '/v1/card-orders',
      operationId: 'listCardOrders',
      summary: 'Orders of cards: of a member, a bank, in a state, overdue, or left lying',
      query: page.extend({
        after: orderId.optional().describe('`next` of the page before'),
        member: memberNumberSchema.optional(),
        bank: bankName.optional(),
        kind: orderKind.optional(),
        state: orderState.optional(),
        late: z
          .enum(lateKinds)
          .optional()
          .describe('overdue: not ready though its day is over; uncollected: ready for longer than the policy says'),
      }),
      responses: {
        200: {
          description: 'In order of their ids; `next` is there when there are more',
          schema: z.object({ orders: z.array(orderSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query }, principal }) {
        const around = { reach: reachOf(principal), policy: options.cardPolicy, now: options.clock() };
        const found = await readOrders(kysely, around, { ...query, limit: limit + 1 });
        const { items, next } = pageOf(found, limit, ({ order }) => order);
        return { status: 200, body: { orders: items, next } };
      },
    }),
    route({
      ...common,
      path: '/v1/card-orders/{order}',
      operationId: 'readCardOrder',
      summary: 'An order of a card, and each step that was taken: by whom, when and why',
      params,
      responses: {
        200: { description: 'The order', schema: orderSchema.extend({ events: z.array(cardEventSchema) }) },
      },
      problems: ['not-found'],
      async handle({ params, principal }) {
        const order = await reachOrder(options, reachOf(principal), params.order);
        return { status: 200, body: { ...order, events: await readOrderEvents(kysely, order.order) } };
      },
    }),
  ];
}

function orderRoute(options: CardOptions, orderCard: Cards['orderCard']): Route {
  const { database, clock } = options;
  return route({
    method: 'post',
    path: '/v1/card-orders',
    operationId: 'orderCard',
    summary: 'Order a new card for a member, once however often it is asked for; it tells from when on it can be ready',
    tag: 'cards',
    access: 'people',
    scope: 'card-orders:write',
    body: {
      schema: z.strictObject({
        member: memberNumberSchema,
        bank: bankName.optional().describe('One of the policy’s, by id or name; its first where none is chosen'),
        at: instantSchema.optional().describe('When it was ordered; now where it is not told'),
        reason: reason.optional(),
      }),
      mediaType: 'application/json',
    },
    responses: stepResponses(steppedOrderSchema),
    problems: ['not-found', 'card-step-not-allowed', 'card-step-refused'],
    async handle({ body, principal }) {
      const isThere = await isReachable(database.kysely, reachOf(principal), body.member);
      if (!isThere) throw new Problem('not-found');
      const by = actorOf(principal);
      const ordered = await database.inTransaction((transaction) =>
        orderCard(transaction, { ...body, kind: 'new', by, at: body.at ?? clock().toISOString() }),
      );
      return { ...wasStepped(ordered), audited: { member: body.member } };
    },
  });
}

function stepRoutes(options: CardOptions): Route[] {
  const stepRoute = <Body extends z.ZodType>({ path, body, take, ...rest }: StepRoute<Body>): Route =>
    route({
      ...rest,
      method: 'post',
      path: `/v1/card-orders/{order}/${path}`,
      tag: 'cards',
      access: 'people',
      params,
      body: { schema: body, mediaType: 'application/json' },
      responses: stepResponses(steppedOrderSchema),
      problems: ['not-found', 'card-step-not-allowed', 'card-step-refused'],
      async handle({ params: { order }, body, principal }) {
        await reachOrder(options, reachOf(principal), order);
        return wasStepped(await take({ ...(body as object), order, by: actorOf(principal) } as never));
      },
    });
  const made = {
    ...step,
    pan: panSchema.optional(),
    sequenceNumber: sequenceNumber.optional().describe('Of an exchange; one more than before where it is not told'),
  };
  return [
    stepRoute({
      path: 'personalization',
      operationId: 'personalizeCard',
      summary: 'The bank tells the number of the card that it has made; it becomes a token at once',
      scope: 'cards:personalize',
      body: z.strictObject(made),
      take: (request) => personalizeCard(options, request),
    }),
    stepRoute({
      path: 'ready',
      operationId: 'readyCard',
      summary: 'The card can be collected; its number may be told with it',
      scope: 'cards:personalize',
      body: z.strictObject(made),
      take: (request) => readyCard(options, request),
    }),
    stepRoute({
      path: 'collection',
      operationId: 'collectCard',
      summary: 'Hand the card out, where identity, name and number are those that are known; nothing of it is kept',
      scope: 'cards:hand-out',
      body: z.strictObject({
        ...step,
        collector: z.enum(collectors),
        identityNumber: z.string().min(1).max(40).describe('The member’s, from the document that was shown'),
        name: z.string().min(1).max(64),
        lastDigits,
      }),
      take: (request) => collectCard(options, request),
    }),
    stepRoute({
      path: 'check',
      operationId: 'checkCard',
      summary: 'The member has checked number and name of the card',
      scope: 'cards:take-over',
      body: z.strictObject({ ...step, lastDigits, isNameRight: z.literal(true) }),
      take: ({ isNameRight: _, ...request }) => checkCard(options, request),
    }),
    stepRoute({
      path: 'rejection',
      operationId: 'rejectCard',
      summary: 'The member gives the card back: number or name is wrong',
      scope: 'cards:take-over',
      body: z.strictObject({ at, reason }),
      take: (request) => rejectCard(options, request),
    }),
    stepRoute({
      path: 'activation',
      operationId: 'activateCard',
      summary: 'The card is activated and its password set; the password itself is never told',
      scope: 'cards:take-over',
      body: z.strictObject({ ...step, isPasswordSet: z.literal(true) }),
      take: ({ isPasswordSet: _, ...request }) => activateCard(options, request),
    }),
    stepRoute({
      path: 'cancellation',
      operationId: 'cancelCardOrder',
      summary: 'Cancel an order whose card was not collected',
      scope: 'card-orders:write',
      body: z.strictObject({ at, reason }),
      take: (request) => cancelOrder(options, request),
    }),
    stepRoute({
      path: 'fee/payment',
      operationId: 'payCardFee',
      summary: 'The fee for the card is paid',
      scope: 'card-fees:take',
      body: z.strictObject(step),
      take: (request) => payFee(options, request),
    }),
    stepRoute({
      path: 'fee/waiver',
      operationId: 'waiveCardFee',
      summary: 'The fee for the card is given up',
      scope: 'card-fees:waive',
      body: z.strictObject({ at, reason }),
      take: (request) => waiveFee(options, request),
    }),
  ];
}
