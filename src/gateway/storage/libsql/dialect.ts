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
import type { FileConnection } from './file-connection.js';

export type OpenConnection = (path: string) => Promise<FileConnection>;

/** kysely over one libsql file: one connection, which transactions use in turn. */
export function createLibsqlDialect(path: string, open: OpenConnection): Dialect {
  return {
    createDriver: () => new LibsqlDriver(path, open),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely: Kysely<unknown>) => new SqliteIntrospector(kysely),
  };
}

class LibsqlDriver implements Driver {
  readonly #path: string;
  readonly #open: OpenConnection;
  #connection: FileConnection | undefined;
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];

  constructor(path: string, open: OpenConnection) {
    this.#path = path;
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#connection = await this.#open(this.#path);
  }

  async acquireConnection(): Promise<FileConnection> {
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

  beginTransaction(connection: FileConnection, { accessMode }: TransactionSettings): Promise<void> {
    return accessMode === 'read only' ? connection.beginReading() : connection.begin();
  }

  commitTransaction(connection: FileConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: FileConnection): Promise<void> {
    return connection.rollback();
  }

  /** Waits for the transaction under way, and refuses those that come later. */
  async destroy(): Promise<void> {
    if (!this.#connection) return;
    const connection = await this.acquireConnection();
    this.#connection = undefined;
    await connection.close();
    await this.releaseConnection();
  }
}
