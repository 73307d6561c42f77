import type { Migration } from './migration.js';

export const memberErasures: Migration = {
  name: '151-member-erasures',
  async up({ schema }) {
    await schema
      .createTable('member_erasures')
      .addColumn('member', 'text', (column) => column.primaryKey().references('members.member'))
      .addColumn('erased_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
  },
};
