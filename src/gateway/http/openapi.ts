import { z } from 'zod';
import { tapRecordJsonSchema } from '../../tap/index.js';
import { eventCatalogue } from '../webhooks/index.js';
import { exampleOf } from './example-of.js';
import { type ProblemCode, problemDefinitions } from './problem.js';
import responseHeaders from './response-headers.json';
import type { BodyDescription, ResponseDescription, ResponseHeader, Route } from './route.js';
import { problemSchema } from './schemas.js';

type Json = Readonly<Record<string, unknown>>;

const BODY_PROBLEMS = [
  'body-not-json',
  'digest-mismatch',
  'body-too-large',
  'encoding-invalid',
  'media-type-unsupported',
] as const;

const KEY_PROBLEMS = [
  ...(['key-missing', 'key-unknown', 'key-expired', 'session-over', 'scope-missing'] as const),
  ...(['role-not-allowed', 'second-factor-setup-needed'] as const),
  ...(['signature-missing', 'signature-invalid', 'signature-replayed', 'too-many-requests'] as const),
] as const;

/** Of a request that changes something and came with a cookie. */
const COOKIE_PROBLEMS = ['csrf-token-wrong', 'origin-mismatch'] as const;

/** Problems that any route with these means may answer. */
function commonProblems(route: Route): ProblemCode[] {
  return [
    ...(route.params || route.query || route.body ? (['request-invalid'] as const) : []),
    ...(route.body ? BODY_PROBLEMS : []),
    ...(route.body && !route.body.isRaw ? (['request-timeout'] as const) : []),
    ...(route.access === 'public' ? [] : KEY_PROBLEMS),
    ...(route.access === 'public' || route.method === 'get' ? [] : COOKIE_PROBLEMS),
    ...(route.access === 'administrator' || route.access === 'people' ? (['administrator-only'] as const) : []),
    'internal-error',
    'stopping',
    'database-unreachable',
    ...(route.method === 'get' ? [] : (['database-full'] as const)),
  ];
}

const DESCRIPTION = `Takes tap records, proves them, pairs them into journeys and prices these with member discounts.

Whatever the address, an answer may also be \`not-found\` (404), \`method-not-allowed\` (405, with \`Allow\`),
\`http-malformed\` (400), \`request-timeout\` (408), \`expectation-failed\` (417) or \`head-too-large\` (431).`;

const SESSION = 'Of whoever has logged in: POST /v1/sessions. A role must have the scope.';

/** The interface as OpenAPI 3.1, made from the same table as the routes. */
export function openApiDocument(routes: readonly Route[], version: string, sessionCookie: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yongtap gateway',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    webhooks: webhookOperations(),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: SESSION },
        csrfToken: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: 'As the log-in tells it' },
      },
      headers: responseHeaders,
      schemas: { Problem: jsonSchema(problemSchema, 'output'), TapRecord: withoutIdentity(tapRecordJsonSchema()) },
    },
  };
}

/** What receivers of events are sent, by its type. */
function webhookOperations(): Json {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  const parameters = [
    header('webhook-id', 'The event’s id: the same for each attempt and each replay'),
    header('webhook-timestamp', 'When this attempt was signed, in seconds since 1970'),
    header('webhook-signature', '`v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`; one for each secret in use'),
  ];
  return Object.fromEntries(
    Object.entries(eventCatalogue).map(([type, { summary, subject, data }]) => {
      const text = { type: 'string' };
      const properties = {
        id: text,
        type: { const: type },
        timestamp: { ...text, format: 'date-time', description: 'When it happened' },
        subject: { ...text, description: `What it happened to: ${subject}` },
        data: jsonSchema(data, 'output'),
      };
      const schema = { type: 'object', required: Object.keys(properties), properties };
      const post = {
        operationId: nameOfEvent(type),
        summary,
        security: [],
        tags: ['events'],
        parameters,
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { '2XX': { description: 'Taken; anything else is tried again' } },
      };
      return [type, { post }];
    }),
  );
}

/** `card.lost` as `onCardLost`. */
const nameOfEvent = (type: string): string =>
  ['on', ...type.split(/[.-]/).map((word) => word[0]!.toUpperCase() + word.slice(1))].join('');

function operation(route: Route): Json {
  const { access, body, operationId, responses, summary, tag } = route;
  const example = exampleOf(operationId);
  const parameters = [
    ...parametersIn('path', route.params, example?.params),
    ...parametersIn('query', route.query),
    ...headersAsked(route),
  ];
  return {
    operationId,
    summary,
    tags: [tag],
    security: access === 'public' ? [] : securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          Object.entries({ [body.mediaType]: body.schema, ...body.others }).map(([mediaType, schema]) => [
            mediaType,
            { schema: jsonSchema(schema, 'input'), ...(mediaType === body.mediaType && exampleIn(example?.request)) },
          ]),
        ),
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, description]) => [
          status,
          answer(description, Number(status) === example?.status ? example.response : undefined),
        ]),
      ),
      ...problemAnswers([...(route.problems ?? []), ...commonProblems(route)]),
    },
  };
}

/** What a request may say in its head, beside who asks. */
function headersAsked({ body, responses }: Pick<Route, 'body' | 'responses'>): Json[] {
  const header = (name: string, schema: Json) => ({ name, in: 'header', required: false, schema });
  return [
    ...(body ? [header('Content-Encoding', { enum: encodingsOf(body) })] : []),
    ...(responses[304] ? [header('If-None-Match', { type: 'string' })] : []),
  ];
}

const encodingsOf = ({ isRaw = false }: BodyDescription): string[] => (isRaw ? ['gzip'] : ['gzip', 'deflate', 'br']);

/** By a key or, where its roles allow it, by a session, with the token that a change repeats. */
function securityOf({ method, scope }: Route): Json[] {
  const scopes = scope === undefined ? [] : [scope];
  return [{ apiKey: scopes }, { session: scopes, ...(method === 'get' ? {} : { csrfToken: [] }) }];
}

function problemAnswers(codes: readonly ProblemCode[]): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problemDefinitions[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${problemDefinitions[code].title}`).join('\n\n'),
        ...headersToldOf(ofStatus.includes('list-not-published') ? ['Retry-After'] : HEADERS_OF_PROBLEMS[status]),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const HEADERS_OF_PROBLEMS: Readonly<Record<number, readonly ResponseHeader[]>> = {
  401: ['WWW-Authenticate', 'Set-Cookie'],
  429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Retry-After'],
  507: ['Retry-After'],
};

const headersToldOf = (names: readonly ResponseHeader[] = []): Json =>
  names.length === 0
    ? {}
    : { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };

const exampleIn = (example: unknown): Json => (example === undefined ? {} : { example });

const answer = (
  { description, schema, mediaType = 'application/json', others = {}, headers }: ResponseDescription,
  example: unknown,
): Json => ({
  description,
  ...headersToldOf(headers),
  ...(schema && {
    content: {
      [mediaType]: { schema: jsonSchema(schema, 'output'), ...exampleIn(example) },
      ...Object.fromEntries(
        Object.entries(others).map(([type, other]) => [type, { schema: jsonSchema(other, 'output') }]),
      ),
    },
  }),
});

export function parametersIn(place: 'path' | 'query', schema: z.ZodType | undefined, example: Json = {}): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...exampleIn(example[name]),
  }));
}

function jsonSchema(schema: z.ZodType | Json, io: 'input' | 'output'): Json {
  if (!(schema instanceof z.ZodType)) return schema;
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest;
}

const withoutIdentity = ({ $schema: _, $id: __, ...schema }: Json): Json => schema;
