import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { STOP_TIMEOUT_MS } from './limits.js';
import type { OpenedServer } from './open-server.js';

/** Gives the URL under which it is reached. Throws the system's own error. */
export async function listen({ server, scheme }: OpenedServer, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: bound } = server.address() as AddressInfo;
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

const IDLE_POLL_MS = 25;

/** Lets requests under way come to their end; whoever holds a connection longer than that loses it. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection is idle again as soon as its last request has been answered.
  const poll = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS);
  const timer = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
  clearInterval(poll);
}
