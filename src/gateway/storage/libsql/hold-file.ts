import { lockFile } from '../../../folders/lock-file.js';
import { whenFree } from './when-free.js';

/**
 * Does work while nobody else does any that holds the same file, in whatever process of this machine. Throws StorageError
 * `database-busy` after half a minute.
 */
export async function holdFile<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = await whenFree(path, () => lockFile(path));
  try {
    return await work();
  } finally {
    lock.release();
  }
}
