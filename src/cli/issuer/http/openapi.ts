import { z } from 'zod';
import { PROBLEM_MEDIA_TYPE, type ProblemKind, problemDefinitions } from './problem.js';
import type { Route } from './route.js';
import { problemSchema } from './schemas.js';

type Json = Readonly<Record<string, unknown>>;

/** The interface as OpenAPI 3.1, made from the same table as the routes. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yongtap issuer',
      version,
      description: 'A simulated card issuer: verifies cryptograms, answers with response cryptograms and scripts.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

function operation(route: Route): Json {
  const { operationId, summary, isPublic, params, query, body, answers } = route;
  const parameters = [...parametersIn('path', params), ...parametersIn('query', query)];
  return {
    operationId,
    summary,
    ...(!isPublic && { security: [{ apiKey: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema }]) => [
          status,
          { description, content: { 'application/json': { schema: jsonSchema(schema, 'output') } } },
        ]),
      ),
      ...problemAnswers([...(route.problems ?? []), ...commonProblems(route)]),
    },
  };
}

/** Problems that any route with these means may answer. */
function commonProblems({ isPublic, params, query, body }: Route): ProblemKind[] {
  return [
    ...(params || query || body ? (['request-invalid'] as const) : []),
    ...(body ? (['body-not-json', 'body-too-large', 'media-type-unsupported', 'request-timeout'] as const) : []),
    ...(isPublic ? [] : (['key-missing', 'key-unknown', 'book-unavailable', 'stopping'] as const)),
    'internal-error',
  ];
}

function problemAnswers(kinds: readonly ProblemKind[]): Json {
  const byStatus = new Map<number, ProblemKind[]>();
  for (const kind of new Set(kinds)) {
    const { status } = problemDefinitions[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((kind) => `\`${kind}\`: ${problemDefinitions[kind].title}`).join('\n\n'),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest;
}
