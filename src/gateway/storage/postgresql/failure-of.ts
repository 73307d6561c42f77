import type { DatabaseFailure } from '../engine.js';

/**
 * SQLSTATE classes and codes (PostgreSQL 15, appendix A) of a server that cannot serve now: connection exception,
 * insufficient resources, operator intervention, system error; and a standby, which only reads.
 */
const UNREACHABLE = /^(08|53|57P|58|25006)/;
const DISK_FULL = '53100';

/** How the driver tells of a connection that broke or never came to be; it gives these no code. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

export function failureOf(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (code === DISK_FULL) return 'database-full';
  return UNREACHABLE.test(code) || NETWORK.has(code) || BROKEN.test(error.message) ? 'database-unreachable' : undefined;
}
