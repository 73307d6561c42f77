import type { Migration } from './migration.js';

/** Which version of the tariff a price was made under, and the repricings that were asked for. */
export const repricing: Migration = {
  name: '020-repricing',
  async up({ schema }) {
    for (const table of ['journeys', 'charges']) {
      await schema.alterTable(table).addColumn('tariff', 'text').execute();
    }
    await schema
      .createTable('repricings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('from_service_day', 'text', (column) => column.notNull())
      .addColumn('to_service_day', 'text', (column) => column.notNull())
      .addColumn('is_dry_run', 'integer', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('fares', 'text', (column) => column.notNull())
      .addColumn('report', 'text', (column) => column.notNull())
      .addColumn('started_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('repricings_started').on('repricings').columns(['started_at_ms', 'id']).execute();
  },
};
