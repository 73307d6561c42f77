import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { fieldIssues, jsonPointer } from '../field-issues.js';
import type { ApiKeys, Principal } from './api-keys.js';
import type { Metrics } from './metrics.js';
import { Problem } from './problem.js';
import type { Access, Answer, Route } from './route.js';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly apiKeys: ApiKeys;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

const BODY_BYTES_MAX = 8 * 1024 * 1024;
const PROBLEM = 'application/problem+json';

/** The HTTP interface: every route of the table, and problems for all else. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  const methods = new Map<string, string[]>();
  for (const route of options.routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    app[route.method](path, ...bodyParsers(route), handler(route, options));
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, (request) => {
      const allow = allowed.join(', ');
      throw new Problem('method-not-allowed', {
        detail: `${request.method}; known here: ${allow}`,
        headers: { allow },
      });
    });
  }
  app.use(() => {
    throw new Problem('not-found', { detail: 'The interface is told at /docs' });
  });
  app.use(problemHandler(options));
  return app;
}

function bodyParsers({ body }: Route) {
  if (body === undefined || body.isRaw) return [];
  const type = [body.mediaType, 'application/*+json'];
  return [express.json({ limit: BODY_BYTES_MAX, type, strict: true })];
}

function handler(route: Route, { apiKeys, logger, metrics, now }: AppOptions) {
  return async (request: Request, response: Response): Promise<void> => {
    const start = now();
    const requestId = randomUUID();
    response.setHeader('x-request-id', requestId);
    let log: Answer['log'];
    let principal: Principal | undefined;
    response.once('close', () => {
      const elapsedMs = now() - start;
      const status = response.statusCode;
      metrics.requestDone(route.operationId, status, elapsedMs / 1000);
      const isAborted = !response.writableFinished;
      const who = principal && { key: principal.keyId };
      const line = { requestId, operation: route.operationId, status, elapsedMs: Math.round(elapsedMs * 10) / 10 };
      const level = status >= 500 ? 'error' : route.tag === 'health' ? 'debug' : 'info';
      logger[level]({ ...line, ...who, ...log, ...(isAborted && { aborted: true }) }, 'request');
    });
    principal = await authenticate(request, route.access, apiKeys);
    const answer = await route.handle({
      params: parse(route.params, request.params, 'path'),
      query: parse(route.query, request.query, 'query'),
      body: route.body && !route.body.isRaw ? parseBody(route, request) : undefined,
      principal,
      request,
      response,
    });
    if (answer === 'streamed') return;
    log = answer.log;
    send(response, answer);
  };
}

const NOBODY: Principal = { role: 'operator', operator: '', keyId: '' };

async function authenticate(request: Request, access: Access, apiKeys: ApiKeys): Promise<Principal> {
  if (access === 'public') return NOBODY;
  const challenge = { 'www-authenticate': 'Bearer' };
  const secret = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (secret === undefined) throw new Problem('key-missing', { headers: challenge });
  const principal = await apiKeys.principalOf(secret);
  if (!principal) throw new Problem('key-unknown', { headers: challenge });
  if (access === 'administrator' && principal.role !== 'administrator') throw new Problem('administrator-only');
  return principal;
}

function parseBody(route: Route, request: Request): unknown {
  if (request.body === undefined) {
    throw new Problem('media-type-unsupported', { detail: `Content-Type: ${route.body?.mediaType}` });
  }
  return parse(route.body?.schema, request.body, '');
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = fieldIssues(value, parsed.error).map(({ path, code, message }) => ({
    pointer: jsonPointer([...(where ? [where] : []), ...path]),
    code,
    message,
  }));
  throw new Problem('request-invalid', { errors });
}

export function send(response: Response, { status, body, mediaType = 'application/json', headers }: Answer): void {
  if (headers) response.set(headers);
  response.status(status);
  if (body === undefined) response.end();
  else response.type(mediaType).send(typeof body === 'string' ? body : JSON.stringify(body));
}

function problemHandler({ logger }: AppOptions): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const problem = toProblem(error);
    const requestId = response.getHeader('x-request-id');
    if (problem.kind === 'internal-error') logger.error({ requestId, err: error }, 'failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    const instance = typeof requestId === 'string' ? `urn:uuid:${requestId}` : undefined;
    send(response, {
      status: problem.status,
      body: problem.details(instance),
      mediaType: PROBLEM,
      ...(problem.options.headers && { headers: problem.options.headers }),
    });
  };
}

/** What express and its parsers throw carries a `type`; a database that has gone, a code of the network. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { type, code } = (error ?? {}) as { type?: unknown; code?: unknown };
  if (type === 'entity.too.large') return new Problem('body-too-large');
  if (type === 'entity.parse.failed') return new Problem('body-not-json');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new Problem('media-type-unsupported');
  if (typeof type === 'string' && /^(request|entity)\./.test(type)) return new Problem('request-invalid');
  if (error instanceof URIError) return new Problem('not-found');
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'database-unreachable') {
    return new Problem('database-unreachable', { headers: { 'retry-after': '5' } });
  }
  return new Problem('internal-error');
}
