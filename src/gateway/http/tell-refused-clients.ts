import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import certificateReasons from '../certificate-reasons.json' with { type: 'json' };

const reasons: Readonly<Record<string, string>> = certificateReasons;

const NO_CERTIFICATE = 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE';

/**
 * Tells in the log why a client was shut out for want of a good certificate: it sees no more itself than a connection
 * that ends.
 */
export function tellRefusedClients(server: Server, logger: Pick<Logger, 'warn'>): void {
  server.on('tlsClientError', ({ code }: NodeJS.ErrnoException, { authorizationError }: TLSSocket) => {
    if (authorizationError) {
      logger.warn({ reason: reasons[String(authorizationError)] ?? 'certificate-refused' }, 'client-refused');
    } else if (code === NO_CERTIFICATE) {
      logger.warn({ reason: 'certificate-missing' }, 'client-refused');
    }
  });
}
