import { z } from 'zod';
import { type Messages, type MessageView, messageTemplates } from '../../messages/index.js';
import { pageOf } from '../page-of.js';
import { type Route, route } from '../route.js';
import { page } from '../schemas.js';

const messageSchema = z
  .object({
    id: z.string(),
    template: z.enum(messageTemplates),
    state: z.enum(['pending', 'delivered', 'dead', 'kept']),
    createdAt: z.string(),
    expiresAt: z.string().describe('From then on it is forgotten'),
    attempts: z.int(),
    outcome: z.string().optional().describe('What became of the last attempt'),
    member: z.string().optional().describe('Whom it is for'),
    to: z.string().optional().describe('The mobile number, masked unless `reveal` is asked for; of kept messages only'),
    text: z.string().optional().describe('What it says, of kept messages only'),
    textZh: z.string().optional(),
  })
  .describe('A short message on its way to a member');

const SHAPE = /^(\d{1,16})\.(msg_[0-9a-f]{32})$/;

/** The outbox: an administrator's business, and without an endpoint the only way to a message. */
export function messageRoutes(messages: Messages): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/messages',
      operationId: 'listMessages',
      summary: 'Short messages that have not expired; their words where nobody delivers them',
      tag: 'messages',
      access: 'administrator',
      scope: 'messages:read',
      audit: 'read',
      query: page.extend({
        after: z.string().regex(SHAPE, '`next` of the page before').optional(),
        template: z.enum(messageTemplates).optional(),
        reveal: z.enum(['true', 'false']).default('false').describe('Whether mobile numbers are told in full'),
      }),
      responses: {
        200: {
          description: 'The youngest first; `next` is there when there are more',
          schema: z.object({ messages: z.array(messageSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, template, after, reveal } }) {
        const [, atMs, id] = SHAPE.exec(after ?? '') ?? [];
        const rows = await messages.read({
          limit: limit + 1,
          template,
          isRevealed: reveal === 'true',
          after: id === undefined ? undefined : { atMs: Number(atMs), id },
        });
        const { items, next } = pageOf(rows, limit, ({ createdAtMs, id: last }) => `${createdAtMs}.${last}`);
        const shown = items.map(({ createdAtMs: _, ...row }): MessageView => row);
        return { status: 200, body: { messages: shown, next } };
      },
    }),
  ];
}
