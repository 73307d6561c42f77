import { Worker } from 'node:worker_threads';
import type { QueryResult } from 'kysely';
import { builtFile } from '../../../built-file.js';
import { StorageError } from '../../storage-error.js';
import { fromThrown } from '../../thrown.js';
import type { FileConnection, Question } from '../file-connection.js';
import type { Answer, Order } from './messages.js';

interface Asked {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A connection that lives in a thread of its own, so that this one goes on while the file is read and written. */
export class ThreadedConnection implements FileConnection {
  readonly #worker = new Worker(builtFile('libsql-thread.js'));
  #asked: Asked | undefined;
  #ended: Error | undefined;

  private constructor(path: string) {
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => {
      const { resolve, reject } = this.#asked!;
      this.#asked = undefined;
      this.#worker.unref();
      if ('thrown' in answer) reject(fromThrown(answer.thrown));
      else resolve(answer.result as never);
    });
    this.#worker.once('error', (cause) => this.#end(path, cause));
    this.#worker.once('exit', () => this.#end(path));
  }

  static async open(path: string): Promise<ThreadedConnection> {
    const connection = new ThreadedConnection(path);
    try {
      await connection.#ask({ do: 'open', path });
      return connection;
    } catch (error) {
      await connection.#worker.terminate();
      throw error;
    }
  }

  begin(): Promise<void> {
    return this.#ask({ do: 'begin' });
  }

  beginReading(): Promise<void> {
    return this.#ask({ do: 'beginReading' });
  }

  commit(): Promise<void> {
    return this.#ask({ do: 'commit' });
  }

  rollback(): Promise<void> {
    return this.#ask({ do: 'rollback' });
  }

  close(): Promise<void> {
    return this.#ask({ do: 'close' });
  }

  executeQuery<Row>({ sql, parameters }: Question): Promise<QueryResult<Row>> {
    return this.#ask({ do: 'execute', sql, parameters: parameters.map(toMessage) });
  }

  async *streamQuery<Row>({ sql, parameters }: Question, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    await this.#ask({ do: 'stream', sql, parameters: parameters.map(toMessage), chunkSize });
    try {
      for (;;) {
        const chunk = await this.#ask<QueryResult<Row> | undefined>({ do: 'next' });
        if (!chunk) return;
        yield chunk;
      }
    } finally {
      await this.#ask({ do: 'end' });
    }
  }

  #ask<Result>(order: Order): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw this.#ended;
      this.#worker.postMessage(order);
      this.#worker.ref();
      this.#asked = { resolve, reject };
    });
  }

  #end(path: string, cause?: unknown): void {
    this.#ended ??= new StorageError('database-unreachable', path, "the database's thread has ended", { cause });
    this.#asked?.reject(this.#ended);
    this.#asked = undefined;
  }
}

/** Of bytes that lie in a larger buffer, the whole buffer would be sent. */
function toMessage(value: unknown): unknown {
  if (value instanceof Uint8Array && value.byteLength < value.buffer.byteLength) return new Uint8Array(value);
  return value;
}
