import type { DatabaseFailure } from '../engine.js';

/** Result codes (sqlite.org/rescode.html) that speak of the file and its disk, not of a statement. */
const UNREACHABLE = /^SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|PERM|AUTH|PROTOCOL)/;

export function failureOf(error: unknown): DatabaseFailure | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL') return 'database-full';
  return UNREACHABLE.test(code) ? 'database-unreachable' : undefined;
}
