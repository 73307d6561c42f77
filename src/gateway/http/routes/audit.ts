import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type HeadSigner, readAudit, readAuditHead } from '../../audit/index.js';
import type { Tables } from '../../storage/index.js';
import { pageOf } from '../page-of.js';
import { type Route, route } from '../route.js';
import { name, page } from '../schemas.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const recordSchema = z
  .object({
    sequence: z.int().min(1).describe('1, 2, 3, … without a gap'),
    at: z.string(),
    actor: z.string().describe('The id of an API key, or command-line'),
    operation: z.string(),
    phase: z.enum(['begun', 'done', 'read']).describe('Before a change, after it, or before what was read is told'),
    requestId: z.string(),
    parameters: z.record(z.string(), z.string()),
    status: z.int().nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number()])),
    previousHash: hash,
    hash: hash.describe('SHA-256 over the hash before and the record; docs/security.md says how'),
  })
  .describe('One record of the audit log');

const headSchema = z
  .object({
    sequence: z.int().min(0),
    hash,
    at: z.string(),
    publicKey: z.string().describe('Ed25519, base64url'),
    signature: z.string().describe('base64'),
  })
  .describe('Where the audit log ends, signed by the gateway: keep it elsewhere');

export interface AuditRoutesOptions {
  readonly kysely: Kysely<Tables>;
  readonly clock: () => Date;
  readonly signHead: HeadSigner;
}

export function auditRoutes({ kysely, clock, signHead }: AuditRoutesOptions): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/audit',
      operationId: 'listAudit',
      summary: 'Who changed what, and who read what is known of a person',
      tag: 'audit',
      access: 'administrator',
      scope: 'audit:read',
      query: page.extend({
        after: z.coerce.number().int().min(0).optional().describe('Beyond this sequence number'),
        actor: name.optional(),
        operation: name.optional(),
      }),
      responses: {
        200: {
          description: 'In order; `next` is there when there are more',
          schema: z.object({ records: z.array(recordSchema), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query } }) {
        const found = await readAudit(kysely, { ...query, limit: limit + 1 });
        const { items, next } = pageOf(found, limit, ({ sequence }) => String(sequence));
        return { status: 200, body: { records: items, next } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/audit/head',
      operationId: 'readAuditHead',
      summary: 'Where the audit log ends, signed',
      tag: 'audit',
      access: 'administrator',
      scope: 'audit:read',
      responses: { 200: { description: 'The head', schema: headSchema } },
      handle: async () => ({ status: 200, body: signHead(await readAuditHead(kysely), clock()) }),
    }),
  ];
}
