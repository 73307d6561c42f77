import type { Migration } from './migration.js';

const COUNTS = ['created', 'existing', 'conflicts', 'refused', 'invalid'];

export const batches: Migration = {
  name: '033-batches',
  async up({ schema }, { bytes }) {
    let table = schema
      .createTable('tap_batches')
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('batch', 'text', (column) => column.notNull())
      .addColumn('begun_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('completed_at_ms', 'bigint')
      .addColumn('next_line', 'bigint', (column) => column.notNull());
    for (const name of COUNTS) table = table.addColumn(name, 'bigint', (column) => column.notNull().defaultTo(0));
    await table.addPrimaryKeyConstraint('tap_batches_key', ['key_id', 'batch']).execute();
    await schema.createIndex('tap_batches_begun').on('tap_batches').column('begun_at_ms').execute();
    await schema
      .createTable('tap_batch_groups')
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('batch', 'text', (column) => column.notNull())
      .addColumn('end_line', 'bigint', (column) => column.notNull())
      .addColumn('first_line', 'bigint', (column) => column.notNull())
      .addColumn('answers', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('tap_batch_groups_key', ['key_id', 'batch', 'end_line'])
      .execute();
  },
};
