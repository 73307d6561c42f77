import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.js';
import type { Migration } from './migration.js';

/**
 * Lays rows where their neighbours are (docs/decisions/0012): ids lead where keys used to lead with the card, since the
 * ids of one terminal's taps lie together and the tokens of cards are random; lines of the books lie by service day. Of
 * the indexes by card one is left, which finds all that a price needs.
 */
export const layout: Migration = {
  name: '010-layout',
  async up(transaction, engine) {
    for (const name of DROPPED) await transaction.schema.dropIndex(name).execute();
    await engine.rekeyTable(transaction, 'tap_identities', { key: ['operator', 'terminal', 'sequence'] });
    await engine.rekeyTable(transaction, 'tap_cards', { key: ['card_token'] });
    await engine.rekeyTable(transaction, 'card_transactions', { key: ['card_token', 'chip', 'atc'] });
    await engine.rekeyTable(transaction, 'taps', { key: ['id', 'card_token'], isWide: true });
    await engine.rekeyTable(transaction, 'journeys', { key: ['id', 'card_token'], isWide: true });
    await engine.rekeyTable(transaction, 'charges', { key: ['journey_id', 'revision', 'card_token'], isWide: true });
    await engine.rekeyTable(transaction, 'entries', { key: ENTRIES_KEY });
    await createIndexes(transaction);
  },
};

const DROPPED = [
  'tap_identities_id',
  'taps_at',
  'taps_received',
  'journeys_started',
  'journeys_of_card',
  'journeys_day',
  'charges_booked',
  'entries_day',
];

const ENTRIES_KEY = ['service_day', 'operator', 'journey_id', 'revision', 'account', 'sponsor', 'card_token'];

async function createIndexes({ schema }: Transaction<Tables>): Promise<void> {
  const index = (name: string, on: string, columns: string[]) => schema.createIndex(name).on(on).columns(columns);
  await index('tap_identities_id', 'tap_identities', ['id']).unique().execute();
  await index('taps_priced', 'taps', ['card_token', 'service', 'at_ms']).execute();
  await index('taps_set_aside', 'taps', ['received_at_ms', 'id']).where(sql<boolean>`refusal is not null`).execute();
  await index('journeys_started', 'journeys', ['started_at_ms', 'id']).execute();
  await index('journeys_open', 'journeys', ['service_day', 'card_token'])
    .where(sql<boolean>`status = 'open'`)
    .execute();
  await index('charges_booked', 'charges', ['booked_at_ms', 'journey_id', 'revision']).execute();
}
