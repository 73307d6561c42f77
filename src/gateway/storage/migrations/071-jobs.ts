import type { Migration } from './migration.js';

export const jobs: Migration = {
  name: '071-jobs',
  up: (transaction) =>
    transaction.schema
      .createTable('jobs')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('next_run_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('held_until_ms', 'bigint', (column) => column.notNull())
      .addColumn('last_ended_at_ms', 'bigint')
      .addColumn('last_outcome', 'text')
      .execute(),
};
