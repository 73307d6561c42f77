import { findPostgres, type PostgresCluster, startPostgres } from '../../support/start-postgres.js';

/** A server of its own; `undefined` where none is installed. */
export async function postgresIfThere(): Promise<PostgresCluster | undefined> {
  try {
    findPostgres();
  } catch {
    return undefined;
  }
  return startPostgres();
}
