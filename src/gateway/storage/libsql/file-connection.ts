import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';

export interface Question extends Pick<CompiledQuery, 'sql' | 'parameters'> {
  /** Rows without bytes and fractions, which may be read as one text. */
  readonly isOneText?: boolean;
}

/** One connection to a libsql file, in whichever thread it lives. One asks at a time. */
export interface FileConnection extends DatabaseConnection {
  /**
   * Takes the file's write lock at once, so that a transaction never reads what another writer is about to change and
   * never has to give up halfway.
   */
  begin(): Promise<void>;
  /** Reads the file as it is at the first reading, whatever is written meanwhile. */
  beginReading(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  close(): Promise<void>;
  executeQuery<Row>(query: Question): Promise<QueryResult<Row>>;
  /** Rows as they are read, `chunkSize` at a time; between the times others have their turn. */
  streamQuery<Row>(query: Question, chunkSize: number): AsyncIterableIterator<QueryResult<Row>>;
}
