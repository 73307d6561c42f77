import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node keeps of the answer that a connection carries at the moment; there is no other way to ask. */
export type Connection = Duplex & { readonly _httpMessage?: Pick<ServerResponse, 'headersSent'> | null };

export interface LastAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

/**
 * Ends a connection whose next request never became one, with an answer. Where an answer has begun it breaks off: a
 * second one in the midst of it would be taken for a part of it.
 */
export function endConnection(
  error: NodeJS.ErrnoException,
  socket: Connection,
  answer: (code: string | undefined) => LastAnswer,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const { status, mediaType, body } = answer(error.code);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${mediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
