import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { makeBeside, removeLeftBeside, removeOnSignal } from '../../folders/folder-beside.js';
import { makeFolder } from '../../folders/make-folder.js';
import { removeEmptyFolders } from '../../folders/remove-empty-folders.js';
import { syncFolder } from '../../folders/sync-folder.js';
import type { BooksLocation } from '../open-books.js';
import { BOOKS_FILE, checkMigrations, openUnmigrated, type Tables } from '../storage/index.js';
import { type Archive, type Progress, readArchive, unpackArchive } from './archive.js';
import { BackupError } from './backup-error.js';
import { countBooks } from './count-books.js';
import type { BackupManifest } from './manifest.js';
import { runPgProgram } from './pg-program.js';
import { openSealedKeys } from './seal-keys.js';

export interface RestoreOptions extends BooksLocation {
  readonly from: string;
  /** Opens the keys in the back-up. */
  readonly passphrase?: string | undefined;
  readonly progress?: Progress;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** `restored`: from the back-up; `present`: they were there; `missing`: put `keys.json` there before the start. */
  readonly keys: 'restored' | 'present' | 'missing';
}

/**
 * Puts a back-up back where there are no books yet: checked against its hash and counts first, whole or not at all.
 * Throws BackupError and StorageError.
 */
export async function restoreBooks(options: RestoreOptions): Promise<Restored> {
  const { from, dataFolder, databaseUrl, progress = () => {} } = options;
  const archive = await readArchive(from);
  const { manifest } = archive;
  checkEngine(archive, databaseUrl, from);
  checkMigrations(manifest.migrations, from);
  const keys = await readKeysFor(options, manifest);
  const refusePresent = () => (databaseUrl === undefined ? refuseBooks(dataFolder) : refuseTables(databaseUrl));
  await refusePresent();
  const made = makeFolder(dataFolder, 0o700);
  const beside = join(dataFolder, 'yongtap-restore');
  // Where there are no books nobody restores from another machine either.
  await removeLeftBeside(beside, Number.POSITIVE_INFINITY);
  const work = await makeBeside(beside);
  const forget = removeOnSignal(work);
  try {
    const copy = join(work, 'books');
    await unpackArchive(from, archive, copy, progress);
    // Keys without books are taken for new ones; books without their keys nobody could open.
    const placed = keys === undefined ? 'missing' : await placeKeys(dataFolder, keys, work);
    try {
      await (databaseUrl === undefined ? placeFile(copy, dataFolder, archive, from) : load(copy, databaseUrl, archive));
    } catch (error) {
      // Not from under a gateway that has begun books with them meanwhile.
      const isEmpty = await refusePresent().then(
        () => true,
        () => false,
      );
      if (placed === 'restored' && isEmpty) await rm(keysPath(dataFolder), { force: true });
      throw error;
    }
    return { manifest, keys: placed };
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (made !== undefined) removeEmptyFolders(dataFolder, made);
    throw error;
  } finally {
    forget();
    await rm(work, { recursive: true, force: true });
  }
}

function checkEngine({ manifest }: Archive, databaseUrl: string | undefined, from: string): void {
  const wanted = databaseUrl === undefined ? 'libsql' : 'postgresql';
  if (manifest.engine === wanted) return;
  const how = manifest.engine === 'postgresql' ? 'give an empty database with --database' : 'leave out --database';
  throw new BackupError('engine-differs', from, `it holds books of ${manifest.engine}: ${how}`);
}

/** The keys as they will be: those of the back-up, which must be those that are there already. */
async function readKeysFor(
  { dataFolder, from, passphrase }: RestoreOptions,
  { keys }: BackupManifest,
): Promise<string | undefined> {
  const path = keysPath(dataFolder);
  const present = await readFile(path, 'utf8').catch(() => undefined);
  if (passphrase === undefined) {
    if (keys && present === undefined) {
      throw new BackupError(
        'passphrase-missing',
        from,
        'it holds the keys under a passphrase: YONGTAP_BACKUP_PASSPHRASE',
      );
    }
    return present;
  }
  if (!keys) return present;
  const sealed = openSealedKeys(keys, passphrase, from);
  if (present === undefined || present === sealed) return sealed;
  throw keysDiffer(path);
}

const keysPath = (dataFolder: string): string => join(dataFolder, 'keys.json');

/** Whole or not at all. Throws BackupError `keys-differ` where a gateway has made others meanwhile. */
async function placeKeys(dataFolder: string, text: string, work: string): Promise<'restored' | 'present'> {
  const path = keysPath(dataFolder);
  const draft = join(work, 'keys');
  await writeFile(draft, text, { flag: 'wx', mode: 0o600, flush: true });
  try {
    await link(draft, path);
    await syncFolder(dataFolder);
    return 'restored';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if ((await readFile(path, 'utf8')) === text) return 'present';
    throw keysDiffer(path);
  }
}

const keysDiffer = (path: string): BackupError =>
  new BackupError('keys-differ', path, 'other keys than those of the back-up are there');

async function refuseBooks(dataFolder: string): Promise<void> {
  for (const name of [BOOKS_FILE, `${BOOKS_FILE}-wal`]) {
    const path = join(dataFolder, name);
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) throw new BackupError('books-exist', path, 'there are books already; none are ever overwritten');
  }
}

async function placeFile(copy: string, dataFolder: string, archive: Archive, from: string): Promise<void> {
  const kysely = await openUnmigrated({ file: copy });
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(kysely);
    if (rows[0]?.integrity_check !== 'ok') throw damaged(from);
    await checkCounts(kysely, archive, from);
    await sql`pragma journal_mode=delete`.execute(kysely);
  } finally {
    await kysely.destroy();
  }
  const path = join(dataFolder, BOOKS_FILE);
  await link(copy, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new BackupError('books-exist', path, 'there are books already; none are ever overwritten');
  });
  await syncFolder(dataFolder);
}

async function refuseTables(databaseUrl: string): Promise<void> {
  const kysely = await openUnmigrated({ databaseUrl });
  try {
    const { rows } = await sql<{ name: string | null }>`select to_regclass('schema_migrations')::text as name`.execute(
      kysely,
    );
    if (rows[0]?.name != null) {
      throw new BackupError('books-exist', 'the database', 'there are books already; none are ever overwritten');
    }
  } finally {
    await kysely.destroy();
  }
}

async function load(copy: string, databaseUrl: string, archive: Archive): Promise<void> {
  const parameters = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', copy];
  await runPgProgram('pg_restore', databaseUrl, parameters);
  const kysely = await openUnmigrated({ databaseUrl });
  try {
    await checkCounts(kysely, archive, 'the database');
  } finally {
    await kysely.destroy();
  }
}

async function checkCounts(kysely: Kysely<Tables>, { manifest }: Archive, place: string): Promise<void> {
  const { counts, migrations } = await countBooks(kysely);
  if (isDeepStrictEqual(counts, manifest.counts) && isDeepStrictEqual(migrations, [...manifest.migrations])) return;
  throw damaged(place);
}

const damaged = (place: string): BackupError =>
  new BackupError('backup-damaged', place, 'the books in it are not those that were backed up');
