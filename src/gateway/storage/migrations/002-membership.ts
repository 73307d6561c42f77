import type { Migration } from './migration.js';

export const membership: Migration = {
  name: '002-membership',
  async up({ schema }) {
    await schema
      .createTable('members')
      .addColumn('member', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('sex', 'text')
      .addColumn('work_unit', 'text')
      .addColumn('private_data', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('cards')
      .addColumn('card_token', 'text', (column) => column.primaryKey())
      .addColumn('card_mask', 'text', (column) => column.notNull())
      .addColumn('bank', 'text', (column) => column.notNull())
      .addColumn('generation', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.references('members.member'))
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('cards_member').on('cards').column('member').execute();
    await schema
      .createTable('certifications')
      .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
      .addColumn('year', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('certifications_key', ['member', 'year', 'at_ms', 'by'])
      .execute();
    await schema
      .createTable('card_states')
      .addColumn('card_token', 'text', (column) => column.notNull().references('cards.card_token'))
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('from', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('card_states_key', ['card_token', 'from_ms'])
      .execute();
  },
};
