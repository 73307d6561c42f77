import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_MEDIA_TYPE } from './create-app.js';
import { Problem, type ProblemCode } from './problem.js';

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What Node keeps of the answer that a connection carries at the moment; there is no other way to ask. */
type Connection = Duplex & { readonly _httpMessage?: Pick<ServerResponse, 'headersSent'> | null };

/**
 * Answers what never became a request: broken, too long, or too slow. The connection ends. Where an answer has begun
 * it breaks off: a second one in the midst of it would be taken for a part of it.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Connection): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const problem = new Problem(CODES[error.code ?? ''] ?? 'http-malformed');
  const body = JSON.stringify(problem.details());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
