import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { endConnection } from '../../../src/gateway/http/end-connection.js';
import { closeAtEnd } from '../../support/at-end.js';

/** Sends a request and, once the server has got so far, what is none; all that came back. */
async function answerTo(begin: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => begin(response));
  server.on('clientError', (error, socket) =>
    endConnection(error, socket, () => ({ status: 400, mediaType: 'text/plain', body: 'no request' })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAtEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
  await once(server, 'request');
  socket.write('no request at all\r\n\r\n');
  return text(socket).catch(() => 'broken off');
}

it('answers what is no request, and breaks off where an answer has begun', async () => {
  expect(await answerTo(() => {})).toMatch(/^HTTP\/1.1 400 Bad Request\r\n[\s\S]*\r\n\r\nno request$/);
  const torn = await answerTo((response) => void response.write('a line, and more to come'));
  expect(torn).toContain('a line');
  expect(torn).not.toContain('400');
});
