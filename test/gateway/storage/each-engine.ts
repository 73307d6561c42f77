import { afterAll, describe } from 'vitest';
import { type DatabaseLocation, type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { requirePart } from '../../support/require-part.js';
import { findPostgres } from '../../support/start-postgres.js';
import { type BooksOfEngine, booksOfLibsql, booksOfPostgres } from './books-of-engines.js';

export interface EngineUnderTest {
  readonly kind: GatewayDatabase['kind'];
  /** Where books without rows can be opened, once or by several. */
  newLocation(): Promise<DatabaseLocation>;
  /** The same without tables. */
  newEmptyLocation(): Promise<DatabaseLocation>;
  /** Opens books, new ones unless told, and closes them after the tests. */
  open(location?: DatabaseLocation): Promise<GatewayDatabase>;
}

const hasPostgres = await requirePart('postgresql', () => void findPostgres());

/** The same tests on every real database that can hold the books. */
export function eachEngine(title: string, tests: (engine: EngineUnderTest) => void): void {
  describe(`${title} on libsql`, () => tests(engine('libsql', booksOfLibsql())));
  describe.runIf(hasPostgres)(`${title} on PostgreSQL`, () => tests(engine('postgresql', booksOfPostgres())));
}

function engine(kind: GatewayDatabase['kind'], books: BooksOfEngine): EngineUnderTest {
  const opened: GatewayDatabase[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    books.remove();
  });
  return {
    kind,
    newLocation: books.newMigrated,
    newEmptyLocation: books.newEmpty,
    open: async (location) => {
      const database = await openDatabase(location ?? (await books.newMigrated()));
      opened.push(database);
      return database;
    },
  };
}
