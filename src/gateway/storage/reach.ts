import { type Kysely, sql } from 'kysely';
import { asStorageError } from './as-storage-error.js';
import type { Engine } from './engine.js';
import { StorageError } from './storage-error.js';
import type { Tables } from './tables.js';

/** Asks the database for its smallest answer. Throws StorageError, `database-unreachable` where it does not say why. */
export async function reach(kysely: Kysely<Tables>, engine: Engine): Promise<void> {
  try {
    await sql`select 1`.execute(kysely);
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw asStorageError(engine.faultOf(cause) ?? 'database-unreachable', engine.place, cause);
  }
}
