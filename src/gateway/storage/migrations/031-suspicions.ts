import type { Migration } from './migration.js';

export const suspicions: Migration = {
  name: '031-suspicions',
  up: ({ schema }) =>
    schema
      .createTable('suspicions')
      .addColumn('card_token', 'text', (column) => column.notNull())
      .addColumn('tap_id', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('score', 'integer', (column) => column.notNull())
      .addColumn('is_set_aside', 'integer', (column) => column.notNull())
      .addColumn('before_tap_id', 'text', (column) => column.notNull())
      .addColumn('parts', 'text', (column) => column.notNull())
      .addColumn('judged_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('suspicions_key', ['card_token', 'tap_id'])
      .execute(),
};
