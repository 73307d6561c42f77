import { join } from 'node:path';
import { Kysely } from 'kysely';
import { explainFault } from './as-storage-error.js';
import type { GatewayDatabase } from './gateway-database.js';
import { createLibsqlEngine, type FileOptions } from './libsql/engine.js';
import { migrate } from './migrate.js';
import { createPostgresqlEngine } from './postgresql/engine.js';
import { reach } from './reach.js';
import { StorageError } from './storage-error.js';
import type { Tables } from './tables.js';

export type DatabaseLocation = ({ readonly dataFolder: string } & FileOptions) | { readonly databaseUrl: string };

/** The file of the books in a data folder. */
export const BOOKS_FILE = 'gateway.db';
const ATTEMPTS_MAX = 10;

/**
 * Opens the books and brings their tables into the newest shape. `dataFolder`: one libsql file in this folder, made
 * where it is missing. `databaseUrl`: PostgreSQL, `postgresql://user:password@host:port/database`.
 * Throws StorageError: `database-url-invalid`, what hinders the database, `database-foreign` or `database-newer`.
 */
export async function openDatabase(location: DatabaseLocation): Promise<GatewayDatabase> {
  const engine =
    'databaseUrl' in location
      ? createPostgresqlEngine(location.databaseUrl)
      : createLibsqlEngine(join(location.dataFolder, BOOKS_FILE), location);
  const kysely = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await reach(kysely, engine);
    await migrate(kysely, engine);
  } catch (error) {
    await kysely.destroy();
    throw explainFault(error, engine);
  }
  return {
    kysely,
    kind: engine.kind,
    place: engine.place,
    lockCards: engine.lockCards,
    lockServiceDays: engine.lockServiceDays,
    inTransaction: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await kysely.transaction().execute(work);
        } catch (error) {
          if (attempt === ATTEMPTS_MAX || !engine.isPassing(error)) throw error;
        }
      }
    },
    aside: (work) => engine.aside(kysely, work),
    atOneMoment: (work) =>
      engine.aside(kysely, (own) =>
        own.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
      ),
    failureOf: (error) => {
      const fault = error instanceof StorageError ? error.code : engine.faultOf(error);
      return fault && (fault === 'database-full' ? 'database-full' : 'database-unreachable');
    },
    explain: (error) => explainFault(error, engine),
    isHealthy: () =>
      reach(kysely, engine).then(
        () => true,
        () => false,
      ),
    close: () => kysely.destroy(),
  };
}
