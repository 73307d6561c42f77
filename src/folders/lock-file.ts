import Database from 'libsql';

/** A lock that is held. */
export interface HeldLock {
  release(): void;
}

/**
 * Locks a file, which is made where it is missing and stays, empty. The lock is SQLite's exclusive lock on an empty database
 * file: the operating system lets go of it when the process dies, however it dies, so there is never a stale one to clear
 * away. Throws the database's `SQLITE_BUSY` where it is held elsewhere, and what else it says.
 */
export function lockFile(path: string): HeldLock {
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw error;
  }
  return { release: () => void database.close() };
}
