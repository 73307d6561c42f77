import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/**
 * Refuses what another site had a browser send: browsers say which page it was, programs say nothing. Throws Problem
 * `origin-mismatch`.
 */
export function checkSameOrigin({ headers }: IncomingMessage, isBehindProxy: boolean | undefined): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Problem('origin-mismatch');
  if (headers.origin === undefined) return;
  const forwarded = isBehindProxy ? headers['x-forwarded-host'] : undefined;
  const host = String(forwarded ?? headers.host ?? '')
    .split(',')
    .at(-1)!
    .trim();
  if (hostOf(headers.origin) !== host.toLowerCase()) throw new Problem('origin-mismatch');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
