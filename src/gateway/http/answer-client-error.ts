import { PROBLEM_MEDIA_TYPE } from './create-app.js';
import { type Connection, endConnection } from './end-connection.js';
import { Problem, type ProblemCode } from './problem.js';

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Answers what never became a request: broken, too long, or too slow. The connection ends. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Connection): void {
  endConnection(error, socket, (code = '') => {
    const problem = new Problem(CODES[code] ?? 'http-malformed');
    return { status: problem.status, mediaType: PROBLEM_MEDIA_TYPE, body: JSON.stringify(problem.details()) };
  });
}
