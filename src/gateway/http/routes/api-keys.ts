import { z } from 'zod';
import type { ApiKeys } from '../api-keys.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { name } from '../schemas.js';

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'operator']),
  operator: z.string().optional(),
  createdAt: z.string(),
  revokedAt: z.string().optional(),
});

const newKeySchema = z.discriminatedUnion('role', [
  z.strictObject({ name, role: z.literal('administrator') }),
  z.strictObject({ name, role: z.literal('operator'), operator: name }),
]);

export function apiKeyRoutes(apiKeys: ApiKeys): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/api-keys',
      operationId: 'createApiKey',
      summary: 'Make a key for an operator, or another administrator',
      tag: 'API keys',
      access: 'administrator',
      body: { schema: newKeySchema, mediaType: 'application/json' },
      responses: {
        201: {
          description: 'The secret is told this once',
          schema: keySchema.extend({ secret: z.string() }),
        },
      },
      async handle({ body }) {
        const { key, secret } = await apiKeys.create(body);
        return { status: 201, body: { ...key, secret } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/api-keys',
      operationId: 'listApiKeys',
      summary: 'All keys, without their secrets',
      tag: 'API keys',
      access: 'administrator',
      responses: { 200: { description: 'In order of their making', schema: z.object({ keys: z.array(keySchema) }) } },
      handle: async () => ({ status: 200, body: { keys: await apiKeys.list() } }),
    }),
    route({
      method: 'delete',
      path: '/v1/api-keys/{id}',
      operationId: 'revokeApiKey',
      summary: 'Revoke a key, from now on',
      tag: 'API keys',
      access: 'administrator',
      params: z.strictObject({ id: z.string().max(100) }),
      responses: { 204: { description: 'Revoked' } },
      problems: ['not-found', 'last-administrator'],
      async handle({ params }) {
        const outcome = await apiKeys.revoke(params.id);
        if (outcome === 'unknown') throw new Problem('not-found');
        if (outcome === 'last') throw new Problem('last-administrator');
        return { status: 204 };
      },
    }),
  ];
}
