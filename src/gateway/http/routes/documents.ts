import { z } from 'zod';
import { tapRecordJsonSchema, tapRecordSchemaPath } from '../../../tap/index.js';
import { documentationPage } from '../documentation-page.js';
import { openApiDocument } from '../openapi.js';
import { type Route, route } from '../route.js';

const document = z.looseObject({});

/** The page is its own text and style, and nobody else's frame. */
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

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
      responses: { 200: { description: 'OpenAPI 3.1', schema: document } },
      handle: async () => ({ status: 200, body: openApi() }),
    }),
    route({
      method: 'get',
      path: '/docs',
      operationId: 'readDocumentation',
      summary: 'This interface for people',
      tag: 'documents',
      access: 'public',
      responses: { 200: { description: 'A page', schema: z.string(), mediaType: 'text/html' } },
      handle: async () => ({ status: 200, body: page(), mediaType: 'text/html', headers: PAGE_HEADERS }),
    }),
    route({
      method: 'get',
      path: tapRecordSchemaPath,
      operationId: 'readTapRecordSchema',
      summary: 'The tap record as JSON Schema 2020-12',
      tag: 'documents',
      access: 'public',
      responses: { 200: { description: 'JSON Schema', schema: document, mediaType: 'application/schema+json' } },
      handle: async () => ({ status: 200, body: tapRecordJsonSchema(), mediaType: 'application/schema+json' }),
    }),
  ];
  const all = [...others, ...routes];
  const openApi = once(() => openApiDocument(all, version, sessionCookie));
  const page = once(() => documentationPage(all, version));
  return routes;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
