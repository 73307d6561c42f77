import type { Migration } from './migration.js';

/** Lists of who is entitled to what: their versions, and what each changes. */
export const benefitLists: Migration = {
  name: '142-benefit-lists',
  async up(transaction, engine) {
    const { schema } = transaction;
    await schema
      .createTable('benefit_list_versions')
      .addColumn('list', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('read', 'integer', (column) => column.notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('held_until_ms', 'bigint', (column) => column.notNull())
      .addColumn('started_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('published_at_ms', 'bigint')
      .addColumn('header', 'text')
      .addColumn('public_key', 'text')
      .addColumn('signature', 'text')
      .addPrimaryKeyConstraint('benefit_list_versions_key', ['list', 'version'])
      .execute();
    await schema
      .createTable('benefit_list_changes')
      .addColumn('list', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('change', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('unit', 'text', (column) => column.notNull())
      .addColumn('since', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('benefit_list_changes_key', ['list', 'member', 'version'])
      .execute();
    const of = schema.createIndex('benefit_list_changes_version').on('benefit_list_changes');
    await of.columns(['list', 'version', 'member']).execute();
    const isPublished = (row: string) =>
      `exists (select 1 from benefit_list_versions as made where made.list = ${row}.list
        and made.version = ${row}.version and made.published_at_ms is not null)`;
    const message = 'a version that is published never changes';
    for (const [event, row] of [
      ['insert', 'new'],
      ['update', 'old'],
      ['delete', 'old'],
    ] as const) {
      await engine.refuseWhere(transaction, { table: 'benefit_list_changes', event, where: isPublished(row), message });
    }
    for (const event of ['update', 'delete'] as const) {
      const where = 'old.published_at_ms is not null';
      await engine.refuseWhere(transaction, { table: 'benefit_list_versions', event, where, message });
    }
  },
};
