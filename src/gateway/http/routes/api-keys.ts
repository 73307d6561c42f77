import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import type { NewKey } from '../api-key.js';
import type { ApiKeys } from '../api-keys.js';
import type { Principal } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { name } from '../schemas.js';
import { allScopes, presetOf, type Scope } from '../scopes.js';

const scope = z.enum(allScopes);

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['administrator', 'operator']),
  operator: z.string().optional(),
  scopes: z.array(scope).describe('What it may do'),
  createdAt: z.string(),
  expiresAt: z.string().optional(),
  lastUsedAt: z.string().optional().describe('Within ten minutes'),
  revokedAt: z.string().optional(),
  signature: z.literal('required').optional(),
  clientCertificate: z.string().optional(),
  previousSecretUntil: z.string().optional().describe('Until when the secret before the last rotation is good too'),
});

const secretsSchema = keySchema.extend({
  secret: z.string().describe('For Authorization: Bearer'),
  signingSecret: z.string().describe('Signs requests (RFC 9421, hmac-sha256)'),
});

const common = {
  name,
  scopes: z.array(scope).min(1).max(allScopes.length).optional().describe('Left out: all that the role may do'),
  expiresAt: instantSchema.optional(),
  signature: z.literal('required').optional().describe('Requests must be signed; the secret alone is not enough'),
  clientCertificate: z
    .string()
    .regex(/^(sha256:[0-9a-f]{64}|subject:[^\p{Cc}\p{Cs}]{1,64})$/u, 'sha256:HEX or subject:NAME')
    .optional()
    .describe('A client certificate that stands for the key: its SHA-256, or the common name of its subject'),
};

const newKeySchema = z.discriminatedUnion('role', [
  z.strictObject({ ...common, role: z.literal('administrator') }),
  z.strictObject({ ...common, role: z.literal('operator'), operator: name }),
]);

const SECONDS_OF_30_DAYS = 30 * 86_400;

const rotationSchema = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(SECONDS_OF_30_DAYS)
    .default(86_400)
    .describe('How long the secret before is good too; 0: no more from now on'),
});

const params = z.strictObject({ id: z.string().max(100) });

export function apiKeyRoutes(apiKeys: ApiKeys, clock: () => Date): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/api-keys',
      operationId: 'createApiKey',
      summary: 'Make a key for an operator, or another administrator; it can do no more than the key that makes it',
      tag: 'API keys',
      access: 'administrator',
      scope: 'keys:admin',
      body: { schema: newKeySchema, mediaType: 'application/json' },
      responses: { 201: { description: 'The secrets are told this once', schema: secretsSchema } },
      async handle({ body, principal }) {
        checkExpiry(body, clock());
        mayGive(principal, body.scopes ?? presetOf(body.role));
        const { key, ...secrets } = await apiKeys.create(body);
        return { status: 201, body: { ...key, ...secrets }, log: { id: key.id } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/api-keys',
      operationId: 'listApiKeys',
      summary: 'All keys, without their secrets',
      tag: 'API keys',
      access: 'administrator',
      scope: 'keys:admin',
      responses: { 200: { description: 'In order of their making', schema: z.object({ keys: z.array(keySchema) }) } },
      handle: async () => ({ status: 200, body: { keys: await apiKeys.list() } }),
    }),
    route({
      method: 'post',
      path: '/v1/api-keys/{id}/rotate',
      operationId: 'rotateApiKey',
      summary: 'Give a key a new secret; the one before is good for a while',
      tag: 'API keys',
      access: 'administrator',
      scope: 'keys:admin',
      params,
      body: { schema: rotationSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'The secrets are told this once', schema: secretsSchema } },
      problems: ['not-found'],
      async handle({ params, body, principal }) {
        const key = await apiKeys.read(params.id);
        if (!key || key.revokedAt !== undefined) throw new Problem('not-found');
        mayGive(principal, key.scopes);
        const rotated = await apiKeys.rotate(params.id, body.overlapSeconds * 1000);
        if (!rotated) throw new Problem('not-found');
        const { key: after, ...secrets } = rotated;
        return { status: 200, body: { ...after, ...secrets } };
      },
    }),
    route({
      method: 'delete',
      path: '/v1/api-keys/{id}',
      operationId: 'revokeApiKey',
      summary: 'Revoke a key, from now on',
      tag: 'API keys',
      access: 'administrator',
      scope: 'keys:admin',
      params,
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

/** Who may make keys makes none that can do what itself cannot. */
function mayGive(principal: Principal, scopes: Iterable<Scope>): void {
  const missing = [...scopes].find((each) => !principal.scopes.has(each));
  if (missing === undefined) return;
  const detail = `A key gives away only what it has: it lacks the scope ${missing}.`;
  throw new Problem('scope-missing', { detail, extensions: { scope: missing } });
}

function checkExpiry({ expiresAt }: NewKey, now: Date): void {
  if (expiresAt === undefined || Date.parse(expiresAt) > now.getTime()) return;
  const errors = [{ pointer: '/expiresAt', code: 'too-small', message: 'lies in the past' }];
  throw new Problem('request-invalid', { errors });
}
