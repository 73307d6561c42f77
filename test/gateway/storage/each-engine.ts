import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type DatabaseLocation, type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { requirePart } from '../../support/require-part.js';
import { findPostgres, type PostgresCluster, startPostgres } from '../../support/start-postgres.js';

export interface EngineUnderTest {
  readonly kind: GatewayDatabase['kind'];
  /** Where an empty database can be opened, once or by several. */
  newLocation(): Promise<DatabaseLocation>;
  /** Opens a database, an empty one unless told, and closes it after the tests. */
  open(location?: DatabaseLocation): Promise<GatewayDatabase>;
}

const hasPostgres = await requirePart('postgresql', () => void findPostgres());

/** The same tests on every real database that can hold the books. */
export function eachEngine(title: string, tests: (engine: EngineUnderTest) => void): void {
  describe(`${title} on libsql`, () => {
    const folders: string[] = [];
    afterAll(() => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    });
    tests(
      engine('libsql', async () => {
        const dataFolder = mkdtempSync(join(tmpdir(), 'yongtap-books-'));
        folders.push(dataFolder);
        return { dataFolder };
      }),
    );
  });
  describe.runIf(hasPostgres)(`${title} on PostgreSQL`, () => {
    let cluster: PostgresCluster;
    beforeAll(async () => {
      cluster = await startPostgres();
    });
    afterAll(() => cluster?.stop());
    tests(engine('postgresql', async () => ({ databaseUrl: await cluster.createDatabase() })));
  });
}

function engine(kind: GatewayDatabase['kind'], newLocation: () => Promise<DatabaseLocation>): EngineUnderTest {
  const opened: GatewayDatabase[] = [];
  afterAll(() => Promise.all(opened.map((database) => database.close())));
  return {
    kind,
    newLocation,
    open: async (location) => {
      const database = await openDatabase(location ?? (await newLocation()));
      opened.push(database);
      return database;
    },
  };
}
