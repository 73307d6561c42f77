import type { Migration } from './migration.js';

export const certification: Migration = {
  name: '131-certification',
  async up({ schema }) {
    await schema
      .createTable('certification_codes')
      .addColumn('subject', 'text', (column) => column.primaryKey())
      .addColumn('member', 'text')
      .addColumn('code_hash', 'text')
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('tries_left', 'integer', (column) => column.notNull())
      .addColumn('used_at_ms', 'bigint')
      .addColumn('asked_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('asked', 'integer', (column) => column.notNull())
      .addColumn('day_from_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('certification_codes_member').on('certification_codes').column('member').execute();
    await schema.createIndex('certification_codes_asked').on('certification_codes').column('asked_at_ms').execute();
    await schema
      .createTable('certification_confirmations')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('certified', 'integer', (column) => column.notNull())
      .addColumn('changed', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('certification_confirmations_member')
      .on('certification_confirmations')
      .columns(['member', 'recorded_at_ms'])
      .execute();
    await schema
      .createTable('certification_reminders')
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('period', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('certification_reminders_key', ['member', 'year', 'period'])
      .execute();
    await schema
      .createTable('certification_progress')
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('unit', 'text', (column) => column.notNull())
      .addColumn('members', 'bigint', (column) => column.notNull())
      .addColumn('certified', 'bigint', (column) => column.notNull())
      .addColumn('due', 'bigint', (column) => column.notNull())
      .addColumn('lapsed', 'bigint', (column) => column.notNull())
      .addColumn('counted_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('certification_progress_key', ['year', 'unit'])
      .execute();
  },
};
