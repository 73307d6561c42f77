import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'libsql';
import { makeFolder } from '../../../folders/make-folder.js';
import { StorageError } from '../storage-error.js';
import { whenFree } from './when-free.js';

/**
 * Who sees to it that a commit outlives a loss of power: the commit itself, or whoever waits for {@link createLogSync}
 * before they tell of it. Either way what a loss of power leaves is the books as they were after some commit.
 */
export type SyncedBy = 'commit' | 'caller';

/** docs/decisions/0001 */
const SYNCHRONOUS = { commit: 'FULL', caller: 'NORMAL' } as const;

/**
 * The driver waits for locks by itself. 64 MiB of pages are kept in memory, and some 32 MiB of the log are written back
 * at a time: a page that many commits change, as the ends of indexes are, is then written back once
 * (docs/decisions/0012).
 */
const SETTINGS = [
  'busy_timeout=0',
  'journal_mode=WAL',
  'foreign_keys=ON',
  'cache_size=-65536',
  'wal_autocheckpoint=8192',
];

/**
 * Opens the file, or makes it, for its owner's eyes only. Of several processes that do so at once, each waits for the
 * one that sets it up.
 */
export async function openLibsqlFile(path: string, syncedBy: SyncedBy = 'commit'): Promise<Database.Database> {
  makeFolder(dirname(path), 0o700);
  await makeFile(path);
  const database = new Database(path);
  try {
    for (const setting of [...SETTINGS, `synchronous=${SYNCHRONOUS[syncedBy]}`]) {
      await whenFree(path, () => database.exec(`PRAGMA ${setting}`));
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Never opens a file that is there: closing it would end the locks of every connection that this process has to it (POSIX),
 * and another process would take itself for the last, and delete the log under those connections.
 */
async function makeFile(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await refuseNoFile(path);
  }
}

/** The driver says of a folder that it cannot open the file, and waits at a pipe for ever. */
async function refuseNoFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : 'a device, pipe or socket';
  throw new StorageError('database-foreign', path, `the books are kept in a file, and here is ${kind}`);
}
