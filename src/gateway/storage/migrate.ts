import type { Kysely } from 'kysely';
import type { Engine } from './engine.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration } from './migrations/migration.js';
import { StorageError } from './storage-error.js';
import type { Tables } from './tables.js';

/**
 * Brings the tables into their newest shape: all at once or not at all. Of several processes that start together one
 * migrates and the others wait. Throws StorageError `database-newer` where a newer version has been here before, and
 * `database-foreign` where the file is another program's.
 */
export async function migrate(
  kysely: Kysely<Tables>,
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await kysely.transaction().execute(async (transaction) => {
    await engine.lockMigrations(transaction);
    const foreign = await engine.foreignTable(transaction);
    if (foreign)
      throw new StorageError('database-foreign', engine.place, `another program keeps its table ${foreign} here`);
    await transaction.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .execute();
    const done = new Set(
      (await transaction.selectFrom('schema_migrations').select('name').execute()).map(({ name }) => name),
    );
    checkMigrations(done, engine.place, migrations);
    for (const { name, up } of migrations) {
      if (done.has(name)) continue;
      await up(transaction, engine);
      await transaction.insertInto('schema_migrations').values({ name }).execute();
    }
  });
}

/** Throws StorageError `database-newer` where the tables of `place` have seen a migration that is not known here. */
export function checkMigrations(
  done: Iterable<string>,
  place: string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...done].find((name) => !known.has(name));
  if (unknown) throw new StorageError('database-newer', place, `the tables have been migrated to ${unknown}`);
}
