import type { Migration } from './migration.js';

/** How far an import is that is recorded in lots, so that one that was stopped is seen, and goes on. */
export const memberImports: Migration = {
  name: '150-member-imports',
  async up({ schema }) {
    await schema
      .createTable('member_imports')
      .addColumn('file', 'text', (column) => column.primaryKey())
      .addColumn('records', 'bigint', (column) => column.notNull())
      .addColumn('recorded', 'bigint', (column) => column.notNull())
      .addColumn('begun_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('advanced_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .execute();
  },
};
