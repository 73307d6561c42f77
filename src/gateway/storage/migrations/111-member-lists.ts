import type { Migration } from './migration.js';

/** Lists of members on their way up the hierarchy of unions. */
export const memberLists: Migration = {
  name: '111-member-lists',
  async up({ schema }) {
    await schema
      .createTable('member_lists')
      .addColumn('list', 'text', (column) => column.primaryKey())
      .addColumn('unit', 'text', (column) => column.notNull().references('units.unit'))
      .addColumn('content_token', 'text', (column) => column.notNull())
      .addColumn('format', 'text', (column) => column.notNull())
      .addColumn('headings', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('at_unit', 'text', (column) => column.notNull().references('units.unit'))
      .addColumn('rows_good', 'integer', (column) => column.notNull())
      .addColumn('rows_wrong', 'integer', (column) => column.notNull())
      .addColumn('rows_known', 'integer', (column) => column.notNull())
      .addColumn('events', 'integer', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('member_lists_content').on('member_lists').columns(['unit', 'content_token']).execute();
    await schema.createIndex('member_lists_at').on('member_lists').columns(['at_unit', 'state']).execute();
    await schema
      .createTable('member_list_rows')
      .addColumn('list', 'text', (column) => column.notNull().references('member_lists.list'))
      .addColumn('row', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('issues', 'text')
      .addColumn('content', 'text')
      .addColumn('member', 'text')
      .addPrimaryKeyConstraint('member_list_rows_key', ['list', 'row'])
      .execute();
    await schema
      .createTable('member_list_persons')
      .addColumn('identity_token', 'text', (column) => column.primaryKey())
      .addColumn('mobile_token', 'text', (column) => column.notNull())
      .addColumn('content_token', 'text', (column) => column.notNull())
      .addColumn('list', 'text', (column) => column.notNull().references('member_lists.list'))
      .addColumn('row', 'integer', (column) => column.notNull())
      .execute();
    await schema.createIndex('member_list_persons_mobile').on('member_list_persons').column('mobile_token').execute();
    await schema.createIndex('member_list_persons_list').on('member_list_persons').column('list').execute();
    await schema
      .createTable('member_list_events')
      .addColumn('list', 'text', (column) => column.notNull().references('member_lists.list'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('step', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('at_unit', 'text', (column) => column.notNull())
      .addColumn('row', 'integer')
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('member_list_events_key', ['list', 'sequence'])
      .execute();
  },
};
