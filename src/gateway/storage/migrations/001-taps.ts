import { type CreateTableBuilder, sql, type Transaction } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Column name → type; a question mark behind the type lets the column be empty. */
type Columns = Readonly<Record<string, string>>;

const TAP_IDENTITIES: Columns = {
  operator: 'text',
  terminal: 'text',
  sequence: 'bigint',
  id: 'text',
  content_hash: 'text',
  card_token: 'text',
};

const TAPS: Columns = {
  card_token: 'text',
  id: 'text',
  operator: 'text',
  terminal: 'text',
  sequence: 'bigint',
  card_mask: 'text',
  atc: 'integer?',
  at: 'text',
  at_ms: 'bigint',
  service_day: 'text',
  service: 'text',
  event: 'text',
  place: 'text',
  amount_fen: 'bigint',
  is_proved: 'integer',
  result: 'text',
  code: 'text?',
  receipt: 'text?',
  refusal: 'text?',
  journey_id: 'text?',
  received_at_ms: 'bigint',
  record: 'bytes',
};

const TAP_CONFLICTS: Columns = { tap_id: 'text', content_hash: 'text', received_at_ms: 'bigint', record: 'bytes' };

const CARD_TRANSACTIONS: Columns = { card_token: 'text', chip: 'text', atc: 'integer', tap_id: 'text' };

const JOURNEYS: Columns = {
  card_token: 'text',
  id: 'text',
  card_mask: 'text',
  operator: 'text',
  service: 'text',
  service_day: 'text',
  status: 'text',
  started_at: 'text',
  started_at_ms: 'bigint',
  ended_at: 'text?',
  fare_product: 'text',
  fare_fen: 'bigint',
  discount_fen: 'bigint',
  net_fen: 'bigint',
  debited_fen: 'bigint',
  due_fen: 'bigint',
  rules: 'text',
  steps: 'text',
  funding: 'text',
  tap_ids: 'text',
};

const CHARGES: Columns = {
  card_token: 'text',
  journey_id: 'text',
  revision: 'integer',
  operator: 'text',
  service: 'text',
  service_day: 'text',
  booked_at_ms: 'bigint',
  kind: 'text',
  steps: 'text',
};

const ENTRIES: Columns = {
  card_token: 'text',
  journey_id: 'text',
  revision: 'integer',
  account: 'text',
  sponsor: 'text',
  amount_fen: 'bigint',
  operator: 'text',
  service_day: 'text',
};

const SERVICE_DAYS: Columns = { service_day: 'text', closed_at_ms: 'bigint' };

type Table = CreateTableBuilder<string, string>;

function table(transaction: Transaction<Tables>, engine: Engine, name: string, columns: Columns, key: string[]): Table {
  let builder: Table = transaction.schema.createTable(name);
  for (const [column, description] of Object.entries(columns)) {
    const [type = ''] = description.split('?');
    const isOptional = description.endsWith('?');
    const dataType = sql.raw(type === 'bytes' ? engine.bytes : type);
    builder = builder.addColumn(column, dataType, (definition) => (isOptional ? definition : definition.notNull()));
  }
  return builder.addPrimaryKeyConstraint(`${name}_key`, key);
}

export const taps: Migration = {
  name: '001-taps',
  async up(transaction, engine) {
    const plain = (name: string, columns: Columns, key: string[]) =>
      table(transaction, engine, name, columns, key).execute();
    const byCard = (name: string, columns: Columns, key: string[]) =>
      engine.createTableByCard(transaction, name, table(transaction, engine, name, columns, key));
    const index = (name: string, on: string, columns: string[]) =>
      transaction.schema.createIndex(name).on(on).columns(columns).execute();

    await plain('tap_identities', TAP_IDENTITIES, ['operator', 'terminal', 'sequence']);
    await transaction.schema.createIndex('tap_identities_id').unique().on('tap_identities').column('id').execute();
    await byCard('taps', TAPS, ['card_token', 'id']);
    await index('taps_at', 'taps', ['card_token', 'at_ms']);
    await index('taps_received', 'taps', ['received_at_ms', 'id']);
    await plain('tap_conflicts', TAP_CONFLICTS, ['tap_id', 'content_hash']);
    await plain('tap_cards', { card_token: 'text' }, ['card_token']);
    await byCard('card_transactions', CARD_TRANSACTIONS, ['card_token', 'chip', 'atc']);
    await byCard('journeys', JOURNEYS, ['card_token', 'id']);
    await index('journeys_started', 'journeys', ['started_at_ms', 'id']);
    await index('journeys_of_card', 'journeys', ['card_token', 'started_at_ms']);
    await index('journeys_day', 'journeys', ['service_day', 'status']);
    await byCard('charges', CHARGES, ['card_token', 'journey_id', 'revision']);
    await index('charges_booked', 'charges', ['booked_at_ms', 'journey_id', 'revision']);
    await byCard('entries', ENTRIES, ['card_token', 'journey_id', 'revision', 'account', 'sponsor']);
    await index('entries_day', 'entries', ['service_day', 'operator']);
    await plain('service_days', SERVICE_DAYS, ['service_day']);
  },
};
