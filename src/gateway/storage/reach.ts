import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.js';
import { StorageError } from './storage-error.js';
import type { Tables } from './tables.js';

/** Asks the database for its smallest answer. Throws StorageError `database-unreachable`. */
export async function reach(kysely: Kysely<Tables>, engine: Engine): Promise<void> {
  try {
    await sql`select 1`.execute(kysely);
  } catch (cause) {
    throw new StorageError('database-unreachable', engine.place, `the database does not answer: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** What the driver or the system says; neither repeats a password. Several addresses that fail are one error without a text. */
function reasonOf(cause: unknown): string {
  const { message = '', code = '' } = cause as { message?: string; code?: string };
  return (message || code).split('\n')[0] || 'no reason given';
}
