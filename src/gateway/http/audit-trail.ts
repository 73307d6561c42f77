import type { Logger } from 'pino';
import { hasRightCheckDigit, maskDigits } from '../../../emv/card-number.js';
import { type AuditEntry, appendAudit } from '../audit/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { Answer, RequestContext, Route } from './route.js';
import { toProblem } from './to-problem.js';

export interface AuditTrailOptions {
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  readonly logger: Logger;
}

export interface AuditTrail {
  /** Does what a request asks for, and writes down who asked for what and what became of it. */
  record(route: Route, context: RequestContext, requestId: string): Promise<Answer | 'streamed'>;
}

/** Whether what a route does is written down: before and after a change, before what was read of a person is told. */
function auditKindOf({ audit, method, access }: Route): 'change' | 'read' | 'none' {
  return audit ?? (method === 'get' || access === 'public' ? 'none' : 'change');
}

/**
 * The chain of who changed what. A change is announced before it is made, so that none can happen without a record,
 * whenever the process dies; what became of it is told by a second record.
 */
export function createAuditTrail({ database, clock, logger }: AuditTrailOptions): AuditTrail {
  const append = (entry: AuditEntry) => database.inTransaction((transaction) => appendAudit(transaction, entry));

  async function recordChange(route: Route, context: RequestContext, requestId: string) {
    const about = aboutRequest(route, context, requestId);
    await append({ ...about, at: clock(), phase: 'begun' });
    const done = async (status: number, detail: AuditEntry['detail']) => {
      try {
        await append({ ...about, at: clock(), phase: 'done', status, detail });
      } catch (error) {
        // It was announced, and is done: the answer stands, and the record that is missing tells that it ends nowhere.
        logger.error({ requestId, err: error }, 'audit record not written');
      }
    };
    try {
      const answer = await route.handle(context);
      if (answer === 'streamed') await done(context.response.statusCode, {});
      else await done(answer.status, { ...answer.log, ...answer.audited });
      return answer;
    } catch (error) {
      const { status, options, kind } = toProblem(error, database);
      await done(status, { code: options.code ?? kind });
      throw error;
    }
  }

  async function recordRead(route: Route, context: RequestContext, requestId: string) {
    const about = aboutRequest(route, context, requestId);
    try {
      const answer = await route.handle(context);
      if (answer === 'streamed') throw new TypeError(`${route.operationId} is told before it is written down`);
      await append({ ...about, at: clock(), phase: 'read', status: answer.status, detail: answer.audited });
      return answer;
    } catch (error) {
      // A person who looks for somebody beyond their reach: that they tried is known, too.
      const { status } = toProblem(error, database);
      if (context.principal.role === 'person' && status === 404) {
        await append({ ...about, at: clock(), phase: 'read', status });
      }
      throw error;
    }
  }

  return {
    record(route, context, requestId) {
      const kind = auditKindOf(route);
      const isNothing = kind === 'none' || (kind === 'read' && route.readsFor?.(context.principal) === false);
      if (isNothing) return route.handle(context);
      return kind === 'read' ? recordRead(route, context, requestId) : recordChange(route, context, requestId);
    },
  };
}

function aboutRequest({ operationId }: Route, { principal, params, query }: RequestContext, requestId: string) {
  const parameters = Object.entries({ ...(query as object | undefined), ...(params as object | undefined) })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, name === 'member' ? String(value) : withoutCardNumbers(String(value))]);
  return { actor: principal.keyId, operation: operationId, requestId, parameters: Object.fromEntries(parameters) };
}

/** An address holds no card number, but who asks may have put one there. A union's numbers of members are its own. */
const withoutCardNumbers = (text: string): string =>
  text.replace(/(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])/g, (digits) =>
    hasRightCheckDigit(digits) ? maskDigits(digits) : digits,
  );
