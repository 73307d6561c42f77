import { join } from 'node:path';
import Database from 'libsql';
import { QueueError } from './queue-error.js';

/**
 * Holds a folder for one owner. The lock is SQLite's exclusive lock on an empty database file: the operating system
 * lets go of it when the process dies, however it dies, so there is never a stale one to clear away.
 */
export function lockFolder(folder: string): { release(): void } {
  const database = new Database(join(folder, 'lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new QueueError('queue-in-use', `the queue in ${folder} is open elsewhere`, { cause: error });
  }
  return {
    release: () => {
      database.close();
    },
  };
}
