import {
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { StorageError } from '../storage-error.js';
import { LibsqlConnection } from './connection.js';
import { openLibsqlFile } from './open-file.js';

/** kysely over one libsql file: one connection a process, which transactions use in turn. */
export function createLibsqlDialect(path: string): Dialect {
  return {
    createDriver: () => new LibsqlDriver(path),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely: Kysely<unknown>) => new SqliteIntrospector(kysely),
  };
}

class LibsqlDriver implements Driver {
  readonly #path: string;
  #connection: LibsqlConnection | undefined;
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    this.#connection = new LibsqlConnection(this.#path, await openLibsqlFile(this.#path));
  }

  async acquireConnection(): Promise<LibsqlConnection> {
    if (this.#isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#isHeld = true;
    if (this.#connection) return this.#connection;
    await this.releaseConnection();
    throw new StorageError('database-closed', this.#path, 'the database is closed');
  }

  /** Hands the connection to whoever has waited longest. */
  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isHeld = false;
  }

  beginTransaction(connection: LibsqlConnection, { accessMode }: TransactionSettings): Promise<void> {
    return accessMode === 'read only' ? connection.beginReading() : connection.begin();
  }

  async commitTransaction(connection: LibsqlConnection): Promise<void> {
    connection.commit();
  }

  async rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    connection.rollback();
  }

  /** Waits for the transaction under way, and refuses those that come later. */
  async destroy(): Promise<void> {
    if (!this.#connection) return;
    const connection = await this.acquireConnection();
    this.#connection = undefined;
    connection.close();
    await this.releaseConnection();
  }
}
