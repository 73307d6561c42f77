import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';

/** A folder that nobody else holds meanwhile. */
export interface HeldFolder {
  release(): void;
}

/**
 * Holds a folder for one owner; `undefined` where it is held elsewhere. The lock is SQLite's exclusive lock on an empty
 * database file: the operating system lets go of it when the process dies, however it dies, so there is never a stale one
 * to clear away. Throws the system's error.
 */
export function holdFolder(folder: string): HeldFolder | undefined {
  const path = join(folder, 'lock');
  // The database would say of a folder that cannot be written in words of its own, and without a code.
  closeSync(openSync(path, 'a'));
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return { release: () => void database.close() };
}
