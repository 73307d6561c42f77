import type { Migration } from './migration.js';

/** The hierarchy of unions, whose members are in which of them, and by what a member is found. */
export const units: Migration = {
  name: '110-units',
  async up(transaction) {
    const { schema } = transaction;
    await schema
      .createTable('units')
      .addColumn('unit', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('parent', 'text', (column) => column.references('units.unit'))
      .addColumn('path', 'text', (column) => column.notNull().unique())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('units_parent').on('units').column('parent').execute();
    await schema
      .createTable('unit_events')
      .addColumn('unit', 'text', (column) => column.notNull().references('units.unit'))
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('parent', 'text')
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('unit_events_key', ['unit', 'sequence'])
      .execute();
    await schema
      .createTable('unit_hierarchy')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('version', 'bigint', (column) => column.notNull())
      .execute();
    await transaction.insertInto('unit_hierarchy').values({ name: 'units', version: 0 }).execute();
    await schema
      .alterTable('members')
      .addColumn('unit', 'text', (column) => column.references('units.unit'))
      .execute();
    await schema.alterTable('members').addColumn('identity_token', 'text').execute();
    await schema.alterTable('members').addColumn('mobile_token', 'text').execute();
    await schema.createIndex('members_unit').on('members').columns(['unit', 'member']).execute();
    await schema.createIndex('members_identity').on('members').column('identity_token').unique().execute();
    await schema.createIndex('members_mobile').on('members').column('mobile_token').execute();
    await schema
      .createTable('members_without_tokens')
      .addColumn('member', 'text', (column) => column.primaryKey().references('members.member'))
      .execute();
    await transaction
      .insertInto('members_without_tokens')
      .columns(['member'])
      .expression((query) => query.selectFrom('members').select('member').where('private_data', 'is not', null))
      .execute();
  },
};
