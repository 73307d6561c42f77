import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
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
}

export const traceOf = (response: Response): Trace => response.locals.trace as Trace;

export interface TraceOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds, for durations. */
  readonly now: () => number;
}

/** Gives every request an id, counts it, and logs it when it is over: by operation, never by its address or body. */
export function traceRequests({ logger, metrics, now }: TraceOptions): RequestHandler {
  return (request, response, next) => {
    const start = now();
    const trace: Trace = { requestId: randomUUID(), operation: 'unknown', isRoutine: false };
    response.locals.trace = trace;
    response.setHeader('x-request-id', trace.requestId);
    response.once('close', () => {
      const { operation, principal, isRoutine, log, requestId } = trace;
      const elapsedMs = now() - start;
      const status = response.statusCode;
      metrics.requestDone(operation, status, elapsedMs / 1000);
      const level = status >= 500 ? 'error' : isRoutine ? 'debug' : 'info';
      if (!logger.isLevelEnabled(level)) return;
      const line = { requestId, method: request.method, operation, status, elapsedMs: Math.round(elapsedMs * 10) / 10 };
      const who = principal?.keyId ? { key: principal.keyId } : {};
      const aborted = response.writableFinished ? {} : { aborted: true };
      logger[level]({ ...line, ...who, ...log, ...aborted }, 'request');
    });
    next();
  };
}
