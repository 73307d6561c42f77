import type { CreateTableBuilder, Dialect, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Nothing can be kept now, whoever asks; the same again may succeed later. */
export type DatabaseFailure = 'database-unreachable' | 'database-full';

/** All that differs between the databases that can hold the books. Everything else is the same queries. */
export interface Engine {
  readonly kind: 'libsql' | 'postgresql';
  /** Which database this is, for errors: a path or an URL without user and password. */
  readonly place: string;
  readonly dialect: Dialect;
  /** The type of a column that holds bytes. */
  readonly bytes: 'blob' | 'bytea';
  /** What an error of the driver says of the database as a whole; `undefined` where the statement was at fault. */
  failureOf(error: unknown): DatabaseFailure | undefined;
  /** Whether a transaction was undone for the sake of another one, so that it may be done again. */
  isPassing(error: unknown): boolean;
  /** Lets one process at a time migrate, until the transaction ends. */
  lockMigrations(transaction: Transaction<Tables>): Promise<void>;
  /** Creates a table whose rows are spread by card token, where the engine can spread them. */
  createTableByCard(
    transaction: Transaction<Tables>,
    name: string,
    table: CreateTableBuilder<string, string>,
  ): Promise<void>;
  /** Holds cards until the transaction ends; whoever holds a card alone books on it. `tokens` in any order. */
  lockCards(transaction: Transaction<Tables>, tokens: readonly string[]): Promise<void>;
  /** `shared`: no day is closed until the transaction ends. `exclusive`: nobody books until it ends. */
  lockServiceDays(transaction: Transaction<Tables>, mode: 'shared' | 'exclusive'): Promise<void>;
}
