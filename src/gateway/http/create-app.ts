import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { pointedIssues } from '../field-issues.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { Telemetry } from '../telemetry/index.js';
import type { AuditTrail } from './audit-trail.js';
import { type Authentication, authenticate } from './authenticate.js';
import { hasBody, holdBody } from './hold-body.js';
import type { Metrics } from './metrics.js';
import { Problem } from './problem.js';
import { createJsonReader, createTextReader } from './read-json.js';
import type { Answer, Route } from './route.js';
import type { Sandbox } from './sandbox.js';
import { toProblem } from './to-problem.js';
import { traceOf, traceRequests } from './trace-requests.js';

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly authentication: Authentication;
  readonly audit: AuditTrail;
  readonly database: Pick<GatewayDatabase, 'failureOf'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly telemetry?: Telemetry | undefined;
  /** Where this is a gateway to try things out. */
  readonly sandbox?: Sandbox | undefined;
  /** Whether new requests are to be sent away. */
  readonly isStopping: () => boolean;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The HTTP interface: every route of the table, and problems for all else. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  // A proxy that keeps an address back knows it by one spelling.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(traceRequests(options));
  if (options.sandbox) app.use(options.sandbox.handle);
  const methods = new Map<string, string[]>();
  for (const route of options.routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    app[route.method](path, handler(route, options));
    const names = route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()];
    methods.set(path, [...(methods.get(path) ?? []), ...names]);
  }
  for (const [path, allowed] of methods) {
    const allow = allowed.join(', ');
    app.all(path, () => {
      throw new Problem('method-not-allowed', { detail: `Known here: ${allow}`, headers: { allow } });
    });
  }
  app.use(() => {
    throw new Problem('not-found', { detail: 'The interface is told at /docs' });
  });
  app.use(problemHandler(options));
  return app;
}

function handler(route: Route, { authentication, audit, isStopping }: AppOptions) {
  const { body, operationId, tag } = route;
  const readJson = body && !body.isRaw && !body.isText ? createJsonReader(body.mediaType) : undefined;
  const readText = body?.isText ? createTextReader(body.mediaType) : undefined;
  return async (request: Request, response: Response): Promise<void> => {
    const trace = traceOf(response);
    trace.operation = operationId;
    trace.isRoutine = tag === 'health';
    if (isStopping() && tag !== 'health') {
      throw new Problem('stopping', { headers: { connection: 'close', 'retry-after': '5' } });
    }
    const { principal, isSigned } = await authenticate(request, route, authentication);
    trace.principal = principal;
    authentication.limits.afterKey(route, principal, response);
    const received = isSigned && hasBody(request) ? await holdBody(request) : request;
    const context = {
      params: parse(route.params, request.params, 'path'),
      query: parse(route.query, request.query, 'query'),
      body: readJson && parse(body?.schema, await readJson(received, response), ''),
      text: await readText?.(received, response),
      principal,
      request: received,
      response,
    };
    const answer = await audit.record(route, context, trace.requestId);
    if (answer === 'streamed') return;
    if (answer.log) trace.log = answer.log;
    send(response, answer);
  };
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  if (where !== '') refuseNul(value, where);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('request-invalid', { errors: pointedIssues(value, parsed.error, where) });
}

/** No column and no name holds a NUL; PostgreSQL would refuse it later, and less politely. */
function refuseNul(value: unknown, where: string): void {
  const wrong = Object.entries(value as Readonly<Record<string, unknown>>).find(([, text]) =>
    String(text).includes('\0'),
  );
  if (!wrong) return;
  const error = { pointer: `/${where}/${wrong[0]}`, code: 'wrong-format', message: 'a NUL character' };
  throw new Problem('request-invalid', { errors: [error] });
}

function send(response: Response, { status, body, mediaType = 'application/json', headers }: Answer): void {
  response.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', ...headers });
  response.status(status);
  if (body === undefined) response.end();
  else if (body instanceof Uint8Array) response.type(mediaType).send(Buffer.from(body));
  else response.type(mediaType).send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Every 401 names what would have been taken (RFC 9110 §15.5.2). */
const CHALLENGE = { 'www-authenticate': 'Bearer' };

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const instanceOf = (requestId: string): string => `urn:${UUID.test(requestId) ? 'uuid' : 'request'}:${requestId}`;

function problemHandler({ database, logger }: AppOptions): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const { requestId } = traceOf(response);
    if (request.destroyed && !request.complete) {
      response.destroy();
      return;
    }
    const problem = toProblem(error, database);
    if (problem.status >= 500 && problem.kind !== 'stopping') logger.error({ requestId, err: error }, problem.kind);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    send(response, {
      status: problem.status,
      body: problem.details(instanceOf(requestId)),
      mediaType: PROBLEM_MEDIA_TYPE,
      headers: { ...(problem.status === 401 && CHALLENGE), ...problem.options.headers },
    });
  };
}
