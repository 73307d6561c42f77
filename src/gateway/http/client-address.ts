import type { IncomingMessage } from 'node:http';

/** Where a request comes from: behind a proxy, the last address that this has added. */
export function clientAddress(request: IncomingMessage, isBehindProxy: boolean | undefined): string {
  const forwarded = isBehindProxy ? String(request.headers['x-forwarded-for'] ?? '') : '';
  return forwarded.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? '');
}
