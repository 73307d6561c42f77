import { sql } from 'kysely';
import type { Migration } from './migration.js';

/** Taps that decide a price are found by their day, and in it by card (docs/decisions/0065). */
export const tapsByDay: Migration = {
  name: '201-taps-by-day',
  async up(transaction) {
    await transaction.schema.dropIndex('taps_priced').execute();
    await sql`create index taps_by_day on taps (((at_ms + 18000000) / 86400000), substr(card_token, 1, 16), service)`.execute(
      transaction,
    );
  },
};
