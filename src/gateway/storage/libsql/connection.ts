import { setImmediate } from 'node:timers/promises';
import type { QueryResult } from 'kysely';
import type Database from 'libsql';
import type { FileConnection, Question } from './file-connection.js';
import { openLibsqlFile, type SyncedBy } from './open-file.js';
import { createTextReading, type TextReading } from './text-reading.js';
import { whenFree } from './when-free.js';

/** Distinct texts of queries are few; a batch of another size is another text. */
const STATEMENTS_MAX = 256;

interface Prepared {
  readonly statement: Database.Statement;
  readonly isReader: boolean;
}

/** One connection to a libsql file. Statements are prepared once and kept, for preparing costs more than running. */
export class LibsqlConnection implements FileConnection {
  readonly #path: string;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Prepared>();
  /** As few as the queries that are put together once. */
  readonly #readings = new Map<string, TextReading<unknown>>();

  constructor(path: string, database: Database.Database) {
    this.#path = path;
    this.#database = database;
  }

  async begin(): Promise<void> {
    await whenFree(this.#path, () => this.#database.exec('begin immediate'));
  }

  async beginReading(): Promise<void> {
    await whenFree(this.#path, () => this.#database.exec('begin deferred'));
  }

  async commit(): Promise<void> {
    this.#database.exec('commit');
  }

  async rollback(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec('rollback');
  }

  async close(): Promise<void> {
    this.#statements.clear();
    this.#readings.clear();
    this.#database.close();
  }

  async executeQuery<Row>({ sql, parameters, isOneText = false }: Question): Promise<QueryResult<Row>> {
    const values = parameters.map(toLibsql);
    const execute = () => (isOneText ? this.#readText<Row>(sql, values) : this.#execute<Row>(sql, values));
    return this.#database.inTransaction ? execute() : whenFree(this.#path, execute);
  }

  async *streamQuery<Row>({ sql, parameters }: Question, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    const rows = this.#database.prepare(sql).iterate(parameters.map(toLibsql));
    try {
      for (let chunk: Row[] = []; ; chunk = []) {
        while (chunk.length < chunkSize) {
          const { done, value } = rows.next();
          if (done) {
            yield { rows: chunk };
            return;
          }
          chunk.push(fromLibsql<Row>(value));
        }
        yield { rows: chunk };
        await setImmediate();
      }
    } finally {
      rows.return?.();
    }
  }

  #execute<Row>(sql: string, values: readonly unknown[]): QueryResult<Row> {
    const { statement, isReader } = this.#prepare(sql);
    if (!isReader) return { rows: [], numAffectedRows: BigInt(statement.run(values).changes) };
    return { rows: statement.all(values).map((row) => fromLibsql<Row>(row)) };
  }

  #readText<Row>(sql: string, values: readonly unknown[]): QueryResult<Row> {
    const reading = this.#readings.get(sql) ?? createTextReading<Row>(this.#database, sql);
    this.#readings.set(sql, reading);
    return { rows: reading(values) as Row[] };
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= STATEMENTS_MAX) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    const prepared = { statement, isReader: statement.reader };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

export const openConnection = async (path: string, syncedBy?: SyncedBy): Promise<FileConnection> =>
  new LibsqlConnection(path, await openLibsqlFile(path, syncedBy));

/** libsql takes bytes as Buffer only, and a boolean would abort the whole process. */
function toLibsql(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number' || Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError(`a column cannot hold a ${typeof value}`);
}

function fromLibsql<Row>(row: unknown): Row {
  const values = row as Record<string, unknown>;
  for (const column in values) {
    const value = values[column];
    if (value instanceof ArrayBuffer) values[column] = new Uint8Array(value);
  }
  return values as Row;
}
