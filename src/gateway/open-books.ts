import { createHmac } from 'node:crypto';
import { type GatewayKeys, openKeys } from './gateway-keys.js';
import { type GatewayDatabase, openDatabase, StorageError } from './storage/index.js';

export interface BooksLocation {
  /** Holds the keys and, unless `databaseUrl` is given, the books. Made where it is missing. */
  readonly dataFolder: string;
  /** `postgresql://user:password@host:port/database` */
  readonly databaseUrl?: string | undefined;
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
  { dataFolder, databaseUrl }: BooksLocation,
  random: (length: number) => Uint8Array,
): Promise<Books> {
  const keys = await openKeys(dataFolder, random);
  const database = await openDatabase(databaseUrl === undefined ? { dataFolder } : { databaseUrl });
  try {
    await claim(database, keys, dataFolder);
    return { keys, database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const NAME = 'books';

async function claim({ kysely, place }: GatewayDatabase, keys: GatewayKeys, dataFolder: string): Promise<void> {
  const fingerprint = createHmac('sha256', Buffer.concat([keys.tokenKey, keys.personalDataKey]))
    .update('yongtap gateway keys')
    .digest('hex');
  await kysely
    .insertInto('gateway_keys')
    .values({ name: NAME, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await kysely
    .selectFrom('gateway_keys')
    .select('fingerprint')
    .where('name', '=', NAME)
    .executeTakeFirstOrThrow();
  if (kept.fingerprint === fingerprint) return;
  throw new StorageError(
    'keys-mismatch',
    place,
    `the books were written with other keys than those in ${dataFolder}/keys.json: copy that file from the first gateway`,
  );
}
