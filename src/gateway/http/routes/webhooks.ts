import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import {
  type DeliveryView,
  eventTypes,
  objectionTo,
  readDeliveries,
  replayEvents,
  type Subscriptions,
} from '../../webhooks/index.js';
import { pageOf } from '../page-of.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { name, page } from '../schemas.js';

const newWebhookSchema = z.strictObject({
  name,
  url: z.string().min(1).max(2000).describe('https, or http to this machine; no private address unless allowed'),
  events: z.array(z.enum(eventTypes)).min(1).max(eventTypes.length).describe('The types of events that are wanted'),
});

const webhookSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    events: z.array(z.enum(eventTypes)),
    state: z.enum(['active', 'disabled']),
    disabledReason: z.string().optional().describe('The outcome of the attempt that was the last one'),
    disabledAt: z.string().optional(),
    createdAt: z.string(),
    lastDeliveredAt: z.string().optional(),
  })
  .describe('Who is told of what');

const secret = z.string().describe('whsec_ and base64: the key of HMAC-SHA256 that signs each delivery');

const deliverySchema = z
  .object({
    id: z.string(),
    eventId: z.string().describe('`webhook-id` of the delivery: the same for each attempt and each replay'),
    type: z.string(),
    state: z.enum(['pending', 'delivered', 'dead']),
    isReplay: z.boolean(),
    createdAt: z.string(),
    nextAttemptAt: z.string().optional(),
    attempts: z.array(
      z.object({
        at: z.string(),
        durationMs: z.int(),
        outcome: z.string(),
        status: z.int().optional().describe('What the receiver answered'),
        reason: z.string().optional().describe('Why its certificate was refused: a code, docs/webhooks.md'),
      }),
    ),
  })
  .describe('What became of an event on its way to a receiver');

const params = z.strictObject({ id: z.string().max(100) });

export interface WebhookServices {
  readonly subscriptions: Subscriptions;
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  readonly isPrivateAllowed: boolean;
}

const found = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Problem('not-found');
  return value;
};

export function webhookRoutes({ subscriptions, database, clock, isPrivateAllowed }: WebhookServices): Route[] {
  const common = { tag: 'webhooks', access: 'administrator' } as const;
  const ofOne = { ...common, params, problems: ['not-found'] } as const;
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/webhooks',
      operationId: 'createWebhook',
      scope: 'webhooks:write',
      summary: 'Be told of events by signed requests to a URL',
      body: { schema: newWebhookSchema, mediaType: 'application/json' },
      responses: { 201: { description: 'The secret is told this once', schema: webhookSchema.extend({ secret }) } },
      problems: ['webhooks-full'],
      async handle({ body }) {
        const objection = objectionTo(body.url, isPrivateAllowed);
        if (objection !== undefined) {
          throw new Problem('request-invalid', {
            errors: [{ pointer: '/url', code: 'wrong-format', message: objection }],
          });
        }
        const created = await subscriptions.create(body);
        if (created === 'full') throw new Problem('webhooks-full');
        const audited = { id: created.webhook.id, host: new URL(body.url).host };
        return { status: 201, body: { ...created.webhook, secret: created.secret }, audited };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/webhooks',
      operationId: 'listWebhooks',
      scope: 'webhooks:read',
      summary: 'Who is told of what',
      responses: {
        200: { description: 'In order of their making', schema: z.object({ webhooks: z.array(webhookSchema) }) },
      },
      handle: async () => ({ status: 200, body: { webhooks: await subscriptions.list() } }),
    }),
    route({
      ...ofOne,
      method: 'get',
      path: '/v1/webhooks/{id}',
      operationId: 'readWebhook',
      scope: 'webhooks:read',
      summary: 'One receiver and its state',
      responses: { 200: { description: 'The receiver', schema: webhookSchema } },
      handle: async ({ params: { id } }) => ({ status: 200, body: found(await subscriptions.read(id)) }),
    }),
    route({
      ...ofOne,
      method: 'post',
      path: '/v1/webhooks/{id}/secrets',
      operationId: 'rotateWebhookSecret',
      scope: 'webhooks:write',
      summary: 'Replace the secret; the old one signs beside it for 24 hours',
      responses: {
        201: { description: 'Told this once', schema: z.object({ secret, previousUntil: z.string() }) },
      },
      handle: async ({ params: { id } }) => ({ status: 201, body: found(await subscriptions.rotate(id)) }),
    }),
    route({
      ...ofOne,
      method: 'post',
      path: '/v1/webhooks/{id}/enable',
      operationId: 'enableWebhook',
      scope: 'webhooks:write',
      summary: 'Go on with a receiver that was disabled',
      responses: { 200: { description: 'It is active', schema: webhookSchema } },
      handle: async ({ params: { id } }) => ({ status: 200, body: found(await subscriptions.enable(id)) }),
    }),
    route({
      ...ofOne,
      method: 'post',
      path: '/v1/webhooks/{id}/test',
      operationId: 'testWebhook',
      scope: 'webhooks:write',
      summary: 'Send the event `webhook.test` to this receiver alone',
      responses: { 202: { description: 'On its way', schema: z.object({ eventId: z.string() }) } },
      handle: async ({ params: { id } }) => ({
        status: 202,
        body: { eventId: found(await subscriptions.test(id)) },
      }),
    }),
    route({
      ...ofOne,
      method: 'post',
      path: '/v1/webhooks/{id}/replays',
      operationId: 'replayWebhook',
      scope: 'webhooks:write',
      summary: 'Deliver kept events again, from an event or an instant on; 10,000 at most',
      body: {
        schema: z.strictObject({
          fromEvent: z.string().max(100).optional().describe('From this event on, itself included'),
          from: instantSchema.optional().describe('From this instant on'),
          to: instantSchema.optional().describe('Before this instant'),
        }),
        mediaType: 'application/json',
      },
      responses: {
        202: {
          description: 'On their way; `next` where there are more: the event from which to go on',
          schema: z.object({ events: z.int(), next: z.string().optional() }),
        },
      },
      async handle({ params: { id }, body }) {
        return { status: 202, body: found(await replayEvents(database, { webhookId: id, ...body }, clock())) };
      },
    }),
    route({
      ...ofOne,
      method: 'get',
      path: '/v1/webhooks/{id}/deliveries',
      operationId: 'listWebhookDeliveries',
      scope: 'webhooks:read',
      summary: 'What became of the deliveries, without what was in them',
      query: page.extend({
        after: z
          .string()
          .regex(/^\d{1,16}\.[\w.-]{1,200}$/, '`next` of the page before')
          .optional(),
        state: z.enum(['pending', 'delivered', 'dead']).optional(),
      }),
      responses: {
        200: {
          description: 'The youngest first; `next` is there when there are more',
          schema: z.object({ deliveries: z.array(deliverySchema), next: z.string().optional() }),
        },
      },
      async handle({ params: { id }, query: { limit, state, after } }) {
        found(await subscriptions.read(id));
        const [, atMs, deliveryId] = /^(\d+)\.(.*)$/.exec(after ?? '') ?? [];
        const rows = await readDeliveries(database.kysely, {
          webhookId: id,
          state,
          limit: limit + 1,
          after: deliveryId === undefined ? undefined : { atMs: Number(atMs), id: deliveryId },
        });
        const { items, next } = pageOf(rows, limit, ({ createdAtMs, id: last }) => `${createdAtMs}.${last}`);
        const deliveries = items.map(({ createdAtMs: _, ...row }): DeliveryView => row);
        return { status: 200, body: { deliveries, next } };
      },
    }),
    route({
      ...ofOne,
      method: 'delete',
      path: '/v1/webhooks/{id}',
      operationId: 'deleteWebhook',
      scope: 'webhooks:write',
      summary: 'Tell a receiver nothing any more, and forget what became of its deliveries',
      responses: { 204: { description: 'Forgotten' } },
      async handle({ params: { id } }) {
        if (!(await subscriptions.remove(id))) throw new Problem('not-found');
        return { status: 204 };
      },
    }),
  ];
}
