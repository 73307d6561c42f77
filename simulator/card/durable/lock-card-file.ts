import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { CardError } from '../card-error.js';

/**
 * Holds a card file for one owner, through SQLite's exclusive lock on an empty database beside it: the operating system
 * lets go of it when the process dies, however it dies. Throws {@link CardError} `card-file-in-use`, and the system's error
 * where the folder cannot be written.
 */
export function lockCardFile(path: string): { release(): void } {
  // The database would say the same in words of its own, and without a code.
  accessSync(dirname(path), constants.W_OK);
  const database = new Database(`${path}.lock`, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new CardError('card-file-in-use', `${path} is in use: a card lies on one reader at a time`, { cause: error });
  }
  return {
    release: () => {
      database.close();
    },
  };
}
