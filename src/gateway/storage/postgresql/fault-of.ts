import type { DatabaseFault } from '../engine.js';

/**
 * SQLSTATE classes and codes (PostgreSQL 15, appendix A) of a server that cannot serve now: connection exception,
 * insufficient resources, operator intervention, system error.
 */
const UNREACHABLE = /^(08|53|57P|58)/;
const DISK_FULL = '53100';

/** A standby, which only reads; and a user who has not the rights. */
const READ_ONLY = /^(25006|42501)$/;

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

export function faultOf(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (code === DISK_FULL) return 'database-full';
  if (READ_ONLY.test(code)) return 'database-read-only';
  return UNREACHABLE.test(code) || NETWORK.has(code) || BROKEN.test(error.message) ? 'database-unreachable' : undefined;
}
