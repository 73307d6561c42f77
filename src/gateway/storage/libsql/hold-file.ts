import Database from 'libsql';
import { whenFree } from './when-free.js';

/**
 * Does work while nobody else does any that holds the same file, in whatever process of this machine. The file is left
 * behind, empty; the system ends the hold with its process. Throws StorageError `database-busy` after half a minute.
 */
export async function holdFile<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = new Database(path);
  try {
    lock.exec('pragma busy_timeout=0');
    await whenFree(path, () => lock.exec('begin exclusive'));
    return await work();
  } finally {
    lock.close();
  }
}
