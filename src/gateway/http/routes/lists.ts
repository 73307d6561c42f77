import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import { z } from 'zod';
import { DAY_MS } from '../../../calendar/shanghai.js';
import {
  listHeaderSchema,
  listKeySchema,
  listKeysSchema,
  listKinds,
  listUpdateSchema,
  listVersionSchema,
  parametersContentSchema,
} from '../../../lists/index.js';
import { instantSchema } from '../../../tap/index.js';
import type { Lists } from '../../lists/index.js';
import { matchesETag } from '../matches-etag.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';

const params = z.strictObject({ kind: z.enum(listKinds) });

const publicationSchema = z.object({
  kind: z.enum(listKinds),
  version: z.int(),
  published: z.boolean().describe('false: nothing had changed'),
  contentHash: z.string(),
  entries: z.int().describe('Cards, keys, tariffs or parameters on the list'),
  unnamed: z.int().describe('Cards that belong on it and that it cannot name: register them once more'),
  validUntil: z.string(),
});

/** Lists for terminals. */
export function listRoutes(lists: Lists, clock: () => Date): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/lists',
      operationId: 'listLists',
      summary: 'The newest version of each list for terminals',
      tag: 'lists',
      access: 'operator',
      scope: 'lists:read',
      responses: {
        200: {
          description: 'Those that were published',
          schema: z.object({ lists: z.array(listHeaderSchema.omit({ format: true })) }),
        },
      },
      handle: async () => ({ status: 200, body: { lists: await lists.overview() } }),
    }),
    route({
      method: 'get',
      path: '/v1/lists/keys',
      operationId: 'readListKeys',
      summary: 'The public keys that lists are signed with, each vouched for by all',
      tag: 'lists',
      access: 'public',
      responses: { 200: { description: 'The oldest first', schema: listKeysSchema } },
      handle: async () => ({ status: 200, body: await lists.keys() }),
    }),
    route({
      method: 'post',
      path: '/v1/lists/keys/rotations',
      operationId: 'rotateListKeys',
      summary: 'Make the next key that lists are signed with; terminals learn of it before it signs',
      tag: 'lists',
      access: 'administrator',
      scope: 'lists:write',
      body: {
        schema: z.strictObject({
          signsFrom: instantSchema.optional().describe('When it begins to sign; a day from now where nothing is said'),
        }),
        mediaType: 'application/json',
      },
      responses: { 201: { description: 'Made', schema: listKeySchema } },
      async handle({ body: { signsFrom } }) {
        const from = signsFrom === undefined ? new Date(clock().getTime() + DAY_MS) : new Date(signsFrom);
        return { status: 201, body: await lists.rotateKeys(from), audited: { signsFrom: from.toISOString() } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/lists/{kind}',
      operationId: 'readList',
      summary: 'A list whole, or what has changed since the version that the terminal has',
      tag: 'lists',
      access: 'operator',
      scope: 'lists:read',
      params,
      query: z.strictObject({
        after: z.coerce
          .number()
          .pipe(listVersionSchema)
          .default(0)
          .describe('The version that the terminal has; 0: none'),
      }),
      responses: {
        200: { description: 'The newest version, signed', schema: listUpdateSchema, headers: ['ETag'] },
        204: { description: 'The terminal has the newest version', headers: ['ETag'] },
        304: { description: 'Nothing newer than what If-None-Match names', headers: ['ETag'] },
      },
      problems: ['list-not-published', 'list-version-unknown'],
      async handle({ params: { kind }, query: { after }, request, response }) {
        const update = await lists.update(kind, after);
        if (update === undefined) throw new Problem('list-not-published', { headers: { 'retry-after': '5' } });
        const { version } = update.header;
        if (after > version) throw new Problem('list-version-unknown', { detail: `The newest is ${version}.` });
        const etag = `W/"${kind}-${version}"`;
        const headers = { etag, vary: 'accept-encoding', 'cache-control': 'private, no-cache' };
        if (matchesETag(request.headers['if-none-match'], etag)) return { status: 304, headers };
        if (after === version) return { status: 204, headers };
        send(request, response, headers, update);
        return 'streamed';
      },
    }),
    route({
      method: 'post',
      path: '/v1/lists/{kind}/publications',
      operationId: 'publishList',
      summary: 'Make a list from the books and publish it, where it says anything new',
      tag: 'lists',
      access: 'administrator',
      scope: 'lists:write',
      params,
      body: {
        schema: z.strictObject({
          parameters: parametersContentSchema.shape.parameters
            .optional()
            .describe('Of the list of parameters: those that take the place of all before'),
        }),
        mediaType: 'application/json',
      },
      responses: {
        201: { description: 'A new version was published', schema: publicationSchema },
        200: { description: 'Nothing had changed', schema: publicationSchema },
      },
      async handle({ params: { kind }, body: { parameters } }) {
        if (parameters !== undefined && kind !== 'parameters') {
          const wrong = {
            pointer: '/parameters',
            code: 'unknown-field',
            message: 'only the list of parameters has them',
          };
          throw new Problem('request-invalid', { errors: [wrong] });
        }
        const publication = await lists.publish(kind, parameters);
        const { version, published, entries } = publication;
        return {
          status: published ? 201 : 200,
          body: publication,
          log: { list: kind, version, entries, published: published ? 1 : 0 },
        };
      },
    }),
  ];
}

function send(
  { headers: { 'accept-encoding': accepted = '' } }: IncomingMessage,
  response: Response,
  headers: Readonly<Record<string, string>>,
  { gzip, text }: { readonly gzip: Uint8Array; readonly text: string },
): void {
  const isPacked = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(accepted));
  response.set({ ...headers, 'x-content-type-options': 'nosniff', ...(isPacked && { 'content-encoding': 'gzip' }) });
  response
    .status(200)
    .type('application/json')
    .end(isPacked ? gzip : text);
}
