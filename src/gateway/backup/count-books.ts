import { type Kysely, sql } from 'kysely';
import type { Tables } from '../storage/index.js';
import type { BookCounts } from './manifest.js';

/** What the books hold now, and which migrations they have seen. */
export async function countBooks(kysely: Kysely<Tables>): Promise<{ counts: BookCounts; migrations: string[] }> {
  const count = async (table: 'taps' | 'journeys' | 'charges' | 'entries' | 'service_days') => {
    const row = await kysely.selectFrom(table).select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
    return row.count;
  };
  const { fen } = await kysely
    .selectFrom('entries')
    .select(sql<number>`cast(coalesce(sum(amount_fen), 0) as bigint)`.as('fen'))
    .where('account', '=', 'card')
    .executeTakeFirstOrThrow();
  const names = await kysely.selectFrom('schema_migrations').select('name').orderBy('name').execute();
  const counts = {
    taps: await count('taps'),
    journeys: await count('journeys'),
    charges: await count('charges'),
    entries: await count('entries'),
    closedServiceDays: await count('service_days'),
    cardFen: fen,
  };
  return { counts, migrations: names.map(({ name }) => name) };
}
