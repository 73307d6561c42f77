import type { CreateTableBuilder, Dialect, Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Nothing can be kept now, whoever asks; the same again may succeed later. */
export type DatabaseFailure = 'database-unreachable' | 'database-full';

/** The same more closely, for whoever opens the books: what is to be mended there and where. */
export type DatabaseFault = DatabaseFailure | 'database-read-only' | 'database-foreign';

/** A change of a table that is refused where a condition holds; `new` is the row as it would be. */
export interface Refusal {
  readonly table: string;
  readonly event: 'insert' | 'update' | 'delete';
  readonly where: string;
  readonly message: string;
}

export interface TableKey {
  readonly key: readonly string[];
  /** Rows of a kilobyte or so. */
  readonly isWide?: boolean;
}

/** All that differs between the databases that can hold the books. Everything else is the same queries. */
export interface Engine {
  readonly kind: 'libsql' | 'postgresql';
  /** Which database this is, for errors: a path or an URL without user and password. */
  readonly place: string;
  readonly dialect: Dialect;
  /** The type of a column that holds bytes. */
  readonly bytes: 'blob' | 'bytea';
  /** One connection of its own, beside those that book, while `work` goes on; its readings may take long. */
  aside<Result>(kysely: Kysely<Tables>, work: (kysely: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** What an error of the driver says of the database as a whole; `undefined` where the statement was at fault. */
  faultOf(error: unknown): DatabaseFault | undefined;
  /** Whether a transaction was undone for the sake of another one, so that it may be done again. */
  isPassing(error: unknown): boolean;
  /** A table of somebody else, in a place that the books have to themselves. */
  foreignTable(transaction: Transaction<Tables>): Promise<string | undefined>;
  /** Lets one process at a time migrate, until the transaction ends. */
  lockMigrations(transaction: Transaction<Tables>): Promise<void>;
  /** Creates a table whose rows are spread by card, where the engine can spread them: by its token unless told. */
  createTableByCard(
    transaction: Transaction<Tables>,
    name: string,
    table: CreateTableBuilder<string, string>,
    column?: string,
  ): Promise<void>;
  /** Lets the database itself refuse a change, by whomever: {@link Refusal}. */
  refuseWhere(transaction: Transaction<Tables>, refusal: Refusal): Promise<void>;
  /**
   * Gives a table another primary key; its rows stay, its indexes must be gone. The embedded database lays the rows in
   * the order of the key, unless they are wide: then in the order of their arrival.
   */
  rekeyTable(transaction: Transaction<Tables>, name: string, way: TableKey): Promise<void>;
  /** Holds cards until the transaction ends; whoever holds a card alone books on it. `tokens` in any order. */
  lockCards(transaction: Transaction<Tables>, tokens: readonly string[]): Promise<void>;
  /** `shared`: no day is closed until the transaction ends. `exclusive`: nobody books until it ends. */
  lockServiceDays(transaction: Transaction<Tables>, mode: 'shared' | 'exclusive'): Promise<void>;
}
