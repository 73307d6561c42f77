import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { IssuerHost } from '../../../simulator/index.js';
import { type Connection, endConnection } from '../../gateway/http/end-connection.js';
import { createApp } from './http/create-app.js';
import { openApiDocument } from './http/openapi.js';
import { PROBLEM_MEDIA_TYPE, Problem } from './http/problem.js';
import { accountRoutes, healthRoute, terminalRoutes } from './http/routes.js';

export interface IssuerServerOptions {
  readonly host: IssuerHost;
  readonly address: string;
  /** 0: any free port. */
  readonly port: number;
  readonly mayAsk?: ((key: string) => boolean) | undefined;
  readonly makeId: () => string;
  readonly logger: Logger;
  readonly version: string;
}

export interface IssuerServer {
  readonly url: string;
  /** Takes no more requests and answers those under way. */
  close(): Promise<void>;
}

/** How long a request may take to come, how long a connection may wait for the next, and requests under way at the end. */
const LIMITS_MS = { request: 30_000, idle: 30_000, stop: 5_000 } as const;
const IDLE_POLL_MS = 25;

/** Serves an issuer's host over HTTP. Throws the system's error where it cannot listen. */
export async function startIssuer(options: IssuerServerOptions): Promise<IssuerServer> {
  const routes = [...terminalRoutes(options), ...accountRoutes(options), healthRoute];
  let stopping: Promise<void> | undefined;
  const app = createApp({
    ...options,
    routes,
    document: openApiDocument(routes, options.version),
    isStopping: () => stopping !== undefined,
  });
  const server = createServer(
    { requestTimeout: LIMITS_MS.request, headersTimeout: LIMITS_MS.request, keepAliveTimeout: LIMITS_MS.idle },
    app,
  );
  server.on('clientError', answerClientError);
  server.listen(options.port, options.address);
  await once(server, 'listening');
  const url = addressOf(server);
  options.logger.info({ url }, 'listening');
  return {
    url,
    close: () => {
      stopping ??= closeServer(server).then(() => options.logger.info('stopped'));
      return stopping;
    },
  };
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** What never became a request: broken, or too slow. */
function answerClientError(error: NodeJS.ErrnoException, socket: Connection): void {
  endConnection(error, socket, (code) => {
    const { status, details } = new Problem(code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request-timeout' : 'http-malformed');
    return { status, mediaType: PROBLEM_MEDIA_TYPE, body: JSON.stringify(details) };
  });
}

/** Lets requests under way come to their end; whoever holds a connection longer than that loses it. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const poll = setInterval(() => server.closeIdleConnections(), IDLE_POLL_MS);
  const timer = setTimeout(() => server.closeAllConnections(), LIMITS_MS.stop);
  await closed;
  clearTimeout(timer);
  clearInterval(poll);
}
