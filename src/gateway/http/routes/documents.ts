import { z } from 'zod';
import { tapRecordJsonSchema, tapRecordSchemaPath } from '../../../tap/index.js';
import { documentationPage } from '../documentation-page.js';
import { keptDocument } from '../kept-document.js';
import { openApiDocument } from '../openapi.js';
import { type Route, route } from '../route.js';

const document = z.looseObject({});

/** The page is its own text and style, and nobody else's frame. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const SCHEMA = 'application/schema+json';
const headers = ['ETag'] as const;
const UNCHANGED = { description: 'It is what If-None-Match names', headers };

/** The interface about itself. `routes`: all others. */
export function documentRoutes(others: readonly Route[], version: string, sessionCookie: string): Route[] {
  const routes: Route[] = [
    route({
      method: 'get',
      path: '/openapi.json',
      operationId: 'readOpenApi',
      summary: 'This interface as OpenAPI 3.1',
      tag: 'documents',
      access: 'public',
      responses: { 200: { description: 'OpenAPI 3.1', schema: document, headers }, 304: UNCHANGED },
      handle: async ({ request }) => openApi(request),
    }),
    route({
      method: 'get',
      path: '/docs',
      operationId: 'readDocumentation',
      summary: 'This interface for people',
      tag: 'documents',
      access: 'public',
      responses: {
        200: { description: 'A page', schema: z.string(), mediaType: 'text/html', headers },
        304: UNCHANGED,
      },
      handle: async ({ request }) => page(request),
    }),
    route({
      method: 'get',
      path: tapRecordSchemaPath,
      operationId: 'readTapRecordSchema',
      summary: 'The tap record as JSON Schema 2020-12',
      tag: 'documents',
      access: 'public',
      responses: { 200: { description: 'JSON Schema', schema: document, mediaType: SCHEMA, headers }, 304: UNCHANGED },
      handle: async ({ request }) => schema(request),
    }),
  ];
  const all = [...others, ...routes];
  const openApi = keptDocument(() => JSON.stringify(openApiDocument(all, version, sessionCookie)), 'application/json');
  const page = keptDocument(() => documentationPage(all, version), 'text/html', PAGE_HEADERS);
  const schema = keptDocument(() => JSON.stringify(tapRecordJsonSchema()), SCHEMA);
  return routes;
}
