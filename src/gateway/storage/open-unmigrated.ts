import { Kysely } from 'kysely';
import { createLibsqlEngine } from './libsql/engine.js';
import { createPostgresqlEngine } from './postgresql/engine.js';
import { reach } from './reach.js';
import type { Tables } from './tables.js';

/**
 * Books as they are, in whatever shape: for copies, which are not to be changed. Destroy it when it is done with.
 * Throws StorageError.
 */
export async function openUnmigrated(
  place: { readonly file: string } | { readonly databaseUrl: string },
): Promise<Kysely<Tables>> {
  const engine = 'file' in place ? createLibsqlEngine(place.file) : createPostgresqlEngine(place.databaseUrl);
  const kysely = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await reach(kysely, engine);
    return kysely;
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
}
