import type { ServerResponse } from 'node:http';
import { PROBLEM_MEDIA_TYPE } from './create-app.js';
import { Problem } from './problem.js';

/** Answers a request whose `Expect` is not `100-continue` (RFC 9110 §10.1.1). */
export function answerExpectation(response: ServerResponse): void {
  const problem = new Problem('expectation-failed');
  response.writeHead(problem.status, { 'content-type': PROBLEM_MEDIA_TYPE, connection: 'close' });
  response.end(JSON.stringify(problem.details()));
}
