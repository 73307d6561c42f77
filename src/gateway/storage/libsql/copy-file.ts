import { openLibsqlFile } from './open-file.js';
import { whenFree } from './when-free.js';

/**
 * Copies a libsql file into a new one while others read and write it: one snapshot, without free pages. Reading holds
 * up no writer (WAL); this process stands still meanwhile.
 */
export async function copyLibsqlFile(path: string, target: string): Promise<void> {
  const database = await openLibsqlFile(path);
  try {
    await whenFree(path, () => database.prepare('vacuum into ?').run(target));
  } finally {
    database.close();
  }
}
