import { IntakeError } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { Problem } from './problem.js';

const RETRY = { headers: { 'retry-after': '5' } };

/** character_not_in_repertoire, untranslatable_character (PostgreSQL 15, appendix A): a NUL, or half a surrogate pair. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** What was thrown as a problem; whatever nobody expected is an `internal-error`. */
export function toProblem(error: unknown, { failureOf }: Pick<GatewayDatabase, 'failureOf'>): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return new Problem('not-found');
  if (error instanceof IntakeError && error.code === 'cursor-invalid') {
    const wrong = { pointer: `/query/${error.place}`, code: 'wrong-format', message: error.message };
    return new Problem('request-invalid', { errors: [wrong] });
  }
  if (error instanceof IntakeError && error.code === 'service-day-not-over') return new Problem('service-day-not-over');
  if (UNSTORABLE.has(String((error as { code?: unknown } | undefined)?.code))) {
    const wrong = { pointer: '', code: 'wrong-format', message: 'a text holds a character that no text may hold' };
    return new Problem('request-invalid', { errors: [wrong] });
  }
  const failure = failureOf(error);
  return failure ? new Problem(failure, RETRY) : new Problem('internal-error');
}
