import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'libsql';
import { whenFree } from './when-free.js';

/**
 * What makes a commit outlive a loss of power (docs/decisions/0001). The driver waits for locks by itself. 64 MiB of
 * pages are kept in memory, and some 32 MiB of the log are written back at a time: a page that many commits change, as
 * the ends of indexes are, is then written back once (docs/decisions/0012).
 */
const SETTINGS = [
  'busy_timeout=0',
  'journal_mode=WAL',
  'synchronous=FULL',
  'foreign_keys=ON',
  'cache_size=-65536',
  'wal_autocheckpoint=8192',
];

/**
 * Opens the file, or makes it, for its owner's eyes only. Of several processes that do so at once, each waits for the
 * one that sets it up.
 */
export async function openLibsqlFile(path: string): Promise<Database.Database> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await (await open(path, 'a', 0o600)).close();
  const database = new Database(path);
  try {
    for (const setting of SETTINGS) await whenFree(path, () => database.exec(`PRAGMA ${setting}`));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
