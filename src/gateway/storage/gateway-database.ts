import type { Kysely, Transaction } from 'kysely';
import type { DatabaseFailure, Engine } from './engine.js';
import type { Tables } from './tables.js';

/** The gateway's books, whatever holds them. */
export interface GatewayDatabase extends Pick<Engine, 'kind' | 'place' | 'lockCards' | 'lockServiceDays'> {
  readonly kysely: Kysely<Tables>;
  /**
   * Does it wholly or not at all, and durably once the promise is kept. Where another transaction got in its way
   * `work` is called again, so it must change nothing but the database.
   */
  inTransaction<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * One connection of its own, for long readings that hold up nobody who books, and for temporary tables. Streamed
   * queries (`stream`) read in bounded memory, and may take as long as they need.
   */
  aside<Result>(work: (kysely: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Readings aside that all see the books as they are at the first of them, whatever is written meanwhile. */
  atOneMoment<Result>(work: (kysely: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * What an error says of the database as a whole: nobody can be served now, and the same again may succeed later.
   * `undefined` where what was asked is at fault.
   */
  failureOf(error: unknown): DatabaseFailure | undefined;
  /** What {@link failureOf} knows as StorageError, closely enough to be mended; any other error as it is. */
  explain(error: unknown): unknown;
  /** Whether the database answers. Never throws. */
  isHealthy(): Promise<boolean>;
  close(): Promise<void>;
}
