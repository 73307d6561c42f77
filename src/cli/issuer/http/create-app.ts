import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { pointedIssues } from '../../../gateway/field-issues.js';
import { PROBLEM_MEDIA_TYPE, Problem } from './problem.js';
import type { Answer, Route } from './route.js';
import { toProblem } from './to-problem.js';

export interface AppOptions {
  readonly routes: readonly Route[];
  /** The document at /openapi.json. */
  readonly document: unknown;
  /** Whether a key may ask; absent: whoever reaches this port may. */
  readonly mayAsk?: ((key: string) => boolean) | undefined;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
}

const BODY_BYTES_MAX = 64 * 1024;
const CHALLENGE = { 'www-authenticate': 'Bearer' };

/** The HTTP interface: every route of the table, and problems for all else. */
export function createApp({ routes, document, logger, ...options }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple');
  app.use((request, response, next) => {
    logRequest(request, response, logger);
    next();
  });
  const methods = new Map<string, string[]>([['/openapi.json', ['GET']]]);
  app.get('/openapi.json', (_, response) => send(response, { status: 200, body: document }));
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    const readers = route.body ? [express.json({ limit: BODY_BYTES_MAX })] : [];
    app[route.method](path, guard(route, options), ...readers, handler(route));
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, known] of methods) {
    app.all(path, () => {
      const allow = known.join(', ');
      throw new Problem('method-not-allowed', { detail: `Known here: ${allow}`, headers: { allow } });
    });
  }
  app.use(() => {
    throw new Problem('not-found', { detail: 'The interface is told at /openapi.json' });
  });
  app.use(problemHandler(logger));
  return app;
}

/** Who may not ask is told so before the body is read. */
function guard({ isPublic, operationId }: Route, { mayAsk, isStopping }: Pick<AppOptions, 'mayAsk' | 'isStopping'>) {
  return (request: Request, response: Response, next: () => void): void => {
    response.locals.operation = operationId;
    if (!isPublic) {
      if (isStopping()) throw new Problem('stopping', { headers: { connection: 'close', 'retry-after': '5' } });
      if (mayAsk) authenticate(request, mayAsk);
    }
    next();
  };
}

function authenticate(request: Request, mayAsk: (key: string) => boolean): void {
  const key = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) throw new Problem('key-missing', { headers: CHALLENGE });
  if (!mayAsk(key)) throw new Problem('key-unknown', { headers: CHALLENGE });
}

function handler(route: Route) {
  return (request: Request, response: Response): void => {
    if (route.body && request.body === undefined) throw new Problem('media-type-unsupported');
    const answer = route.handle({
      params: parse(route.params, request.params, 'path'),
      query: parse(route.query, request.query, 'query'),
      body: parse(route.body, request.body, ''),
    });
    response.locals.log = answer.log;
    send(response, answer);
  };
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('request-invalid', { errors: pointedIssues(value, parsed.error, where) });
}

function send(response: Response, { status, body }: Pick<Answer, 'status' | 'body'>, mediaType = 'application/json') {
  response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  response.status(status).type(mediaType).send(JSON.stringify(body));
}

/** By operation, never by address or body: what a card is called there are its token and its mask. */
function logRequest(request: Request, response: Response, logger: Logger): void {
  const started = performance.now();
  const requestId = randomUUID();
  response.setHeader('x-request-id', requestId);
  response.once('close', () => {
    const { operation = 'unknown', log } = response.locals;
    const elapsedMs = Math.round((performance.now() - started) * 10) / 10;
    const { statusCode: status } = response;
    const line = { requestId, method: request.method, operation, status, elapsedMs, ...log };
    logger[status >= 500 ? 'error' : operation === 'isAlive' ? 'debug' : 'info'](line, 'request');
  });
}

function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem = toProblem(error);
    if (problem.kind === 'internal-error' || problem.kind === 'book-unavailable') {
      logger.error({ err: error }, problem.kind);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.set(problem.options.headers ?? {});
    send(response, { status: problem.status, body: problem.details }, PROBLEM_MEDIA_TYPE);
  };
}
