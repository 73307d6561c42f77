import type { DatabaseFault } from '../engine.js';
import { resultCodeOf } from './result-code.js';

/** Result codes that speak of the file and its disk, not of a statement. */
const FAULTS: readonly (readonly [RegExp, DatabaseFault])[] = [
  [/^SQLITE_(FULL|IOERR_SHMSIZE)/, 'database-full'],
  [/^SQLITE_READONLY/, 'database-read-only'],
  [/^SQLITE_NOTADB/, 'database-foreign'],
  [/^SQLITE_(IOERR|CANTOPEN|CORRUPT|PERM|AUTH|PROTOCOL)/, 'database-unreachable'],
];

export function faultOf(error: unknown): DatabaseFault | undefined {
  const code = resultCodeOf(error);
  return FAULTS.find(([pattern]) => pattern.test(code))?.[1];
}
