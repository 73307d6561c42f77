import type { DatabaseFault, Engine } from './engine.js';
import { StorageError } from './storage-error.js';

const TEXTS: Readonly<Record<DatabaseFault, string>> = {
  'database-foreign': 'the file of the books is no database, or a damaged one',
  'database-full': 'there is no room left for the books',
  'database-read-only': 'the books cannot be written',
  'database-unreachable': 'the database does not answer',
};

/** What hinders the books as a whole, told with what the driver or the system says; neither repeats a password. */
export const asStorageError = (fault: DatabaseFault, place: string, cause: unknown): StorageError =>
  new StorageError(fault, place, `${TEXTS[fault]}: ${reasonOf(cause)}`, { cause });

/** An error of the driver that hinders the books as a whole as the books tell it; any other as it is. */
export function explainFault(error: unknown, { faultOf, place }: Pick<Engine, 'faultOf' | 'place'>): unknown {
  const fault = faultOf(error);
  return fault ? asStorageError(fault, place, error) : error;
}

/** Several addresses that fail are one error without a text. */
function reasonOf(cause: unknown): string {
  const { message = '', code = '' } = cause as { message?: string; code?: string };
  return (message || code).split('\n')[0] || 'no reason given';
}
