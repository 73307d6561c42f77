import { createHmac } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../folders/make-folder.js';
import { type GatewayKeys, keyFilePath, openKeys } from './keys/gateway-keys.js';
import { BOOKS_FILE, type GatewayDatabase, openDatabase, StorageError } from './storage/index.js';

export interface BooksLocation {
  /** Holds the keys and, unless `databaseUrl` is given, the books. Made where it is missing. */
  readonly dataFolder: string;
  /** Whether these are books to try things out, or real ones. Left out: as they are, real where they are new. */
  readonly sandbox?: boolean | undefined;
  /** 32 bytes under which the keys are wrapped. */
  readonly masterKey?: Uint8Array | undefined;
  /** `postgresql://user:password@host:port/database` */
  readonly databaseUrl?: string | undefined;
  /** Where the embedded database reads for long. Default `caller`; `own`: in a thread of its own. */
  readonly asideThread?: 'caller' | 'own' | undefined;
}

export interface Books {
  readonly keys: GatewayKeys;
  readonly database: GatewayDatabase;
}

/**
 * The secrets of a data folder and the books that go with them. Under other secrets every card would get another name
 * and nothing sealed could be read, so books remember theirs. Throws GatewayKeysError and StorageError.
 */
export async function openBooks(
  { dataFolder, databaseUrl, asideThread, masterKey, sandbox }: BooksLocation,
  random: (length: number) => Uint8Array,
): Promise<Books> {
  const location = { folder: dataFolder, masterKey };
  // Before the database, which would tell of a folder that cannot be made in words of its own.
  makeFolder(dataFolder, 0o700);
  const kept = (await hasKeys(dataFolder)) ? await openKeys(location, random) : undefined;
  const database = await openDatabase(databaseUrl === undefined ? { dataFolder, asideThread } : { databaseUrl });
  try {
    if (!kept) await refuseWithoutKeys(database, dataFolder);
    const keys = kept ?? (await openKeys(location, random));
    const isNew = await claim(database, keys, dataFolder);
    await holdMode(database, isNew, sandbox);
    return { keys, database };
  } catch (error) {
    await database.close();
    throw database.explain(error);
  }
}

/**
 * As {@link openBooks}, of books that are there: who asks what stands in them, at a place where there are none, is not
 * answered by new ones. Throws StorageError `books-missing`.
 */
export async function openKeptBooks(location: BooksLocation, random: (length: number) => Uint8Array): Promise<Books> {
  const { dataFolder, databaseUrl } = location;
  const path = databaseUrl === undefined ? join(dataFolder, BOOKS_FILE) : keyFilePath(dataFolder);
  await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
    const missing = databaseUrl === undefined ? 'there are no books' : 'the keys of the books are not there';
    throw new StorageError('books-missing', path, missing, { cause });
  });
  return openBooks(location, random);
}

const NAME = 'books';

const hasKeys = (dataFolder: string): Promise<boolean> =>
  stat(keyFilePath(dataFolder)).then(
    () => true,
    () => false,
  );

/** Keys that are made for books of others open nothing, and would be in the way of theirs. */
async function refuseWithoutKeys({ kysely, place }: GatewayDatabase, dataFolder: string): Promise<void> {
  const claimed = await kysely.selectFrom('gateway_keys').select('name').where('name', '=', NAME).executeTakeFirst();
  // Whoever claims the books at the same moment has made them before.
  if (!claimed || (await hasKeys(dataFolder))) return;
  const message = `${keyFilePath(dataFolder)} is missing, without which these books cannot be read: copy it from the first gateway`;
  throw new StorageError('keys-mismatch', place, message);
}

async function claim({ kysely, place }: GatewayDatabase, keys: GatewayKeys, dataFolder: string): Promise<boolean> {
  const fingerprint = createHmac(
    'sha256',
    Buffer.concat([keys.tokenKey, keys.formerDataKeys[0] ?? keys.personalDataKey]),
  )
    .update('yongtap gateway keys')
    .digest('hex');
  const claimed = await kysely
    .insertInto('gateway_keys')
    .values({ name: NAME, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .execute();
  const kept = await kysely
    .selectFrom('gateway_keys')
    .select('fingerprint')
    .where('name', '=', NAME)
    .executeTakeFirstOrThrow();
  if (kept.fingerprint === fingerprint) return claimed.length > 0;
  throw new StorageError(
    'keys-mismatch',
    place,
    `the books were written with other keys than those in ${dataFolder}/keys.json: copy that file from the first gateway`,
  );
}

const MODE = 'mode';
const SANDBOX = 'sandbox';

/** Books to try things out are never opened as real ones, nor the other way round: what is in them cannot be told apart. */
async function holdMode(
  { kysely, place }: GatewayDatabase,
  isNew: boolean,
  sandbox: boolean | undefined,
): Promise<void> {
  if (isNew && sandbox) {
    const mode = { name: MODE, fingerprint: SANDBOX };
    await kysely
      .insertInto('gateway_keys')
      .values(mode)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (sandbox === undefined) return;
  const mode = await kysely
    .selectFrom('gateway_keys')
    .select('fingerprint')
    .where('name', '=', MODE)
    .executeTakeFirst();
  if ((mode?.fingerprint === SANDBOX) === sandbox) return;
  const message = sandbox
    ? 'these are real books: a sandbox has a folder and a database of its own'
    : 'these are the books of a sandbox: start it with --sandbox, or give real books a place of their own';
  throw new StorageError('books-of-other-mode', place, message);
}
