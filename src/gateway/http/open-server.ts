import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Logger } from 'pino';
import { answerClientError } from './answer-client-error.js';
import { answerExpectation } from './answer-expectation.js';
import { limitConnections } from './limit-connections.js';
import {
  CONNECTIONS_PER_ADDRESS_MAX,
  HEAD_TIMEOUT_MS,
  HEADERS_MAX,
  KEEP_ALIVE_TIMEOUT_MS,
  STANDSTILL_TIMEOUT_MS,
} from './limits.js';
import { tellRefusedClients } from './tell-refused-clients.js';

/** Files in PEM. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  /** Who signs the certificates of clients; each client then has to show one. */
  readonly clientAuthority?: string | undefined;
}

export interface ServerOptions {
  readonly tls?: TlsFiles | undefined;
  readonly logger: Pick<Logger, 'warn'>;
  /** 0: no limit. */
  readonly connectionsPerAddress?: number | undefined;
}

export interface OpenedServer {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
  /**
   * Reads the certificates again; connections that there are stay as they are. Throws TlsError, and then goes on with
   * those that it has.
   */
  reloadTls(): void;
}

/** Certificate, key or client authority cannot be read, or do not belong together. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  readonly code = 'tls-files-invalid';
}

/** An HTTP server with its limits, over TLS (1.2 or later) where there are files for it. Throws TlsError. */
export function openServer(
  listener: RequestListener,
  { tls, connectionsPerAddress, logger }: ServerOptions,
): OpenedServer {
  const limits = { headersTimeout: HEAD_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, requestTimeout: 0 };
  const server = tls
    ? orTlsError(() => createTlsServer({ ...limits, ...contextOf(tls) }, listener))
    : createServer(limits, listener);
  if (tls) tellRefusedClients(server as TlsServer, logger);
  server.timeout = STANDSTILL_TIMEOUT_MS;
  server.maxHeadersCount = HEADERS_MAX;
  server.on('clientError', answerClientError);
  server.on('checkExpectation', (_request, response) => answerExpectation(response));
  limitConnections(server, connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS_MAX);
  return {
    server,
    scheme: tls ? 'https' : 'http',
    reloadTls: () => {
      if (tls) orTlsError(() => (server as TlsServer).setSecureContext(contextOf(tls)));
    },
  };
}

function contextOf({ certificate, key, clientAuthority }: TlsFiles) {
  return {
    cert: readFileSync(certificate),
    key: readFileSync(key),
    minVersion: 'TLSv1.2' as const,
    ...(clientAuthority !== undefined && {
      ca: certificatesIn(clientAuthority),
      requestCert: true,
      rejectUnauthorized: true,
    }),
  };
}

const CERTIFICATE = /-----BEGIN (X509 |TRUSTED |)CERTIFICATE-----.+?-----END \1CERTIFICATE-----/gs;

/** OpenSSL passes over what is no certificate, and a server with no authority shuts everybody out. */
function certificatesIn(path: string): string {
  const found = readFileSync(path, 'latin1').match(CERTIFICATE) ?? [];
  if (found.length === 0) throw new Error(`${path} holds no certificate in PEM`);
  for (const certificate of found) new X509Certificate(certificate);
  return found.join('\n');
}

/** What OpenSSL and the system say of a file: neither repeats a key. */
function orTlsError<Result>(open: () => Result): Result {
  try {
    return open();
  } catch (cause) {
    throw new TlsError(`the certificate, the key or the authority of clients: ${(cause as Error).message}`, { cause });
  }
}
