import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { noTelemetry, type OpenSpan, readTraceParent, type Telemetry } from '../telemetry/index.js';
import type { Metrics } from './metrics.js';
import type { Principal } from './principal.js';
import type { Answer } from './route.js';

/** What is known of a request while it is answered, and told when it is over. */
export interface Trace {
  readonly requestId: string;
  /** `unknown` until a route was found. */
  operation: string;
  /** Asked for by machines, again and again. */
  isRoutine: boolean;
  principal?: Principal;
  log?: Answer['log'];
  /** Of the caller's trace, where the request names one. */
  readonly traceId?: string | undefined;
  readonly span?: OpenSpan | undefined;
}

export const traceOf = (response: Response): Trace => response.locals.trace as Trace;

export interface TraceOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly telemetry?: Telemetry | undefined;
}

/** A caller's own id, as long as it can stand in a log: digits alone, or as many as a card has, could be its number. */
const REQUEST_ID = /^(?!\d+$)(?!(?:.*[._-])?\d{16,19}(?:[._-]|$))[A-Za-z0-9._-]{8,64}$/;

function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Gives every request an id, or keeps the caller's, counts it, and logs it when it is over: by operation, never by its address or body. */
export function traceRequests({ logger, metrics, now, telemetry = noTelemetry }: TraceOptions): RequestHandler {
  return (request, response, next) => {
    const start = now();
    const parent = readTraceParent(request.headers.traceparent as string | undefined);
    const trace: Trace = {
      requestId: requestIdOf(request.headers['x-request-id']),
      operation: 'unknown',
      isRoutine: false,
      traceId: parent?.traceId,
      span: telemetry.begin('request', parent),
    };
    response.locals.trace = trace;
    response.setHeader('x-request-id', trace.requestId);
    response.once('close', () => {
      const { operation, principal, isRoutine, log, requestId, traceId } = trace;
      const elapsedMs = now() - start;
      const status = response.statusCode;
      metrics.requestDone(operation, status, elapsedMs / 1000);
      trace.span?.set({ 'yongtap.operation': operation, 'http.response.status_code': status });
      trace.span?.end(status >= 500);
      const level = status >= 500 ? 'error' : isRoutine ? 'debug' : 'info';
      if (!logger.isLevelEnabled(level)) return;
      const line = { requestId, method: request.method, operation, status, elapsedMs: Math.round(elapsedMs * 10) / 10 };
      const who = principal?.keyId ? { key: principal.keyId } : {};
      const aborted = response.writableFinished ? {} : { aborted: true };
      const inTrace = traceId === undefined ? {} : { traceId };
      logger[level]({ ...line, ...inTrace, ...who, ...log, ...aborted }, 'request');
    });
    if (trace.span) trace.span.inside(next);
    else next();
  };
}
