import { readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sql } from 'kysely';
import { makeBeside, removeLeftBeside, removeOnSignal } from '../../folders/folder-beside.js';
import type { BooksLocation } from '../open-books.js';
import { BOOKS_FILE, copyLibsqlFile, openUnmigrated } from '../storage/index.js';
import { measureFile, type Progress, writeArchive } from './archive.js';
import { BackupError } from './backup-error.js';
import { countBooks } from './count-books.js';
import type { BackupManifest } from './manifest.js';
import { runPgProgram } from './pg-program.js';
import { sealKeys } from './seal-keys.js';

export interface BackupOptions extends BooksLocation {
  /** The file to make. */
  readonly to: string;
  /** Seals the keys into the back-up; without it they are left out. */
  readonly passphrase?: string | undefined;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  readonly progress?: Progress;
}

type Snapshot = Pick<BackupManifest, 'engine' | 'counts' | 'migrations'>;

/**
 * Copies the books into one file while gateways go on: one instant of them, with its hash and counts. What is ended by a
 * signal leaves nothing behind, and of what was killed a later one removes the rest. Throws BackupError and StorageError.
 */
export async function backupBooks(options: BackupOptions): Promise<BackupManifest> {
  const { dataFolder, databaseUrl, passphrase, clock, random, progress = () => {} } = options;
  const to = resolve(options.to);
  if (await exists(to)) throw new BackupError('backup-exists', to, 'the file is there already');
  if (passphrase !== undefined) await readKeys(dataFolder);
  const beside = join(dirname(to), 'yongtap-backup');
  await removeLeftBeside(beside, Date.now());
  const work = await makeBeside(beside);
  const forget = removeOnSignal(work);
  try {
    const copy = join(work, 'books');
    const madeAt = clock().toISOString();
    const snapshot = await (databaseUrl === undefined ? copyFile(dataFolder, copy) : dump(databaseUrl, copy));
    // Not before the copy: something in it may be sealed under a key that was added meanwhile.
    const keys = passphrase === undefined ? undefined : sealKeys(await readKeys(dataFolder), passphrase, random);
    const manifest: BackupManifest = {
      format: 'yongtap-backup',
      version: 1,
      madeAt,
      ...snapshot,
      ...(await measureFile(copy)),
      ...(keys && { keys }),
    };
    await writeArchive(to, join(work, 'archive'), manifest, copy, progress);
    return manifest;
  } finally {
    forget();
    await rm(work, { recursive: true, force: true });
  }
}

async function readKeys(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'keys.json');
  return readFile(path, 'utf8').catch((cause: Error) => {
    throw new BackupError('books-missing', path, 'there are no keys', { cause });
  });
}

async function copyFile(dataFolder: string, copy: string): Promise<Snapshot> {
  const path = join(dataFolder, BOOKS_FILE);
  if (!(await exists(path))) throw new BackupError('books-missing', path, 'there are no books');
  await copyLibsqlFile(path, copy);
  const kysely = await openUnmigrated({ file: copy });
  try {
    const counted = await countBooks(kysely);
    // Into the one file: what stands beside it would not come along.
    await sql`pragma journal_mode=delete`.execute(kysely);
    return { engine: 'libsql', ...counted };
  } finally {
    await kysely.destroy();
  }
}

/** The counts are those of the very snapshot that is dumped. */
async function dump(databaseUrl: string, copy: string): Promise<Snapshot> {
  const kysely = await openUnmigrated({ databaseUrl });
  try {
    return await kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (transaction) => {
        const { rows } = await sql<{ name: string }>`select pg_export_snapshot() as name`.execute(transaction);
        const counted = await countBooks(transaction);
        const parameters = ['--format=custom', '--compress=0', '--no-owner', '--no-privileges'];
        await runPgProgram('pg_dump', databaseUrl, [...parameters, `--snapshot=${rows[0]!.name}`, `--file=${copy}`]);
        return { engine: 'postgresql', ...counted };
      });
  } finally {
    await kysely.destroy();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
