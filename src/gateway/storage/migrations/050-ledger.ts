import { sql, type Transaction } from 'kysely';
import type { Engine } from '../engine.js';
import type { Tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Written once. */
const APPEND_ONLY = [
  'ledger_transactions',
  'ledger_entries',
  'settled_days',
  'settlements',
  'settlement_events',
  'charges',
  'entries',
  'service_days',
];

export const ledger: Migration = {
  name: '050-ledger',
  async up(transaction, engine) {
    await createLedger(transaction);
    await createSettlements(transaction);
    await keepDebits(transaction);
    await guard(transaction, engine);
  },
};

async function createLedger({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable('ledger_transactions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('service_day', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('card_token', 'text')
    .addColumn('journey_id', 'text')
    .addColumn('content_hash', 'text', (column) => column.notNull())
    .execute();
  const index = (name: string, on: string, columns: string[]) =>
    schema.createIndex(name).on(on).columns(columns).execute();
  await index('ledger_transactions_at', 'ledger_transactions', ['at_ms', 'id']);
  await index('ledger_transactions_card', 'ledger_transactions', ['card_token', 'at_ms']);
  await index('ledger_transactions_journey', 'ledger_transactions', ['journey_id']);
  await schema
    .createTable('ledger_entries')
    .addColumn('transaction_id', 'text', (column) => column.notNull())
    .addColumn('line', 'integer', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('party', 'text', (column) => column.notNull())
    .addColumn('operator', 'text', (column) => column.notNull())
    .addColumn('service_day', 'text', (column) => column.notNull())
    .addColumn('amount_fen', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ledger_entries_key', ['transaction_id', 'line'])
    .execute();
  await index('ledger_entries_day', 'ledger_entries', ['service_day', 'operator']);
  await index('ledger_entries_party', 'ledger_entries', ['account', 'party']);
  await schema
    .createTable('card_accounts')
    .addColumn('card_token', 'text', (column) => column.primaryKey())
    .addColumn('due_fen', 'bigint', (column) => column.notNull())
    .execute();
}

async function createSettlements({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable('settled_days')
    .addColumn('service_day', 'text', (column) => column.primaryKey())
    .addColumn('settled_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('settlements')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('service_day', 'text', (column) => column.notNull())
    .addColumn('party_kind', 'text', (column) => column.notNull())
    .addColumn('party', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('resubmits', 'text', (column) => column.unique())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('lines', 'integer', (column) => column.notNull())
    .addColumn('totals', 'text', (column) => column.notNull())
    .addColumn('csv_hash', 'text', (column) => column.notNull())
    .addColumn('json_hash', 'text', (column) => column.notNull())
    .addColumn('previous_csv_hash', 'text', (column) => column.notNull())
    .addColumn('previous_json_hash', 'text', (column) => column.notNull())
    .addUniqueConstraint('settlements_number', ['party_kind', 'party', 'number'])
    .execute();
  await schema.createIndex('settlements_day').on('settlements').columns(['service_day', 'id']).execute();
  await schema
    .createTable('settlement_events')
    .addColumn('settlement_id', 'text', (column) => column.notNull().references('settlements.id'))
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('at_ms', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('settlement_events_key', ['settlement_id', 'number'])
    .execute();
}

/** What cards paid at the taps is told by each booking from now on; what was booked before is told by the first one. */
async function keepDebits(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .alterTable('charges')
    .addColumn('debited_fen', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await transaction.schema.createIndex('charges_day').on('charges').columns(['service_day', 'operator']).execute();
  await sql`update charges set debited_fen = coalesce((select journeys.debited_fen from journeys
    where journeys.card_token = charges.card_token and journeys.id = charges.journey_id), 0)
    where revision = 1`.execute(transaction);
}

async function guard(transaction: Transaction<Tables>, engine: Engine): Promise<void> {
  for (const table of APPEND_ONLY) {
    for (const event of ['update', 'delete'] as const) {
      await engine.refuseWhere(transaction, { table, event, where: '1 = 1', message: `${table} is append only` });
    }
  }
  await engine.refuseWhere(transaction, {
    table: 'ledger_entries',
    event: 'insert',
    where: 'exists (select 1 from ledger_transactions where id = new.transaction_id)',
    message: 'the transaction takes no further entry',
  });
  await engine.refuseWhere(transaction, {
    table: 'ledger_transactions',
    event: 'insert',
    where: 'coalesce((select sum(amount_fen) from ledger_entries where transaction_id = new.id), 1) <> 0',
    message: 'the entries of the transaction do not sum to zero',
  });
}
