import type { Migration } from './migration.js';

/** By what their units have on deposit, members pay less for loans. */
export const contributions: Migration = {
  name: '141-contributions',
  async up(transaction, engine) {
    await transaction.schema
      .createTable('unit_contributions')
      .addColumn('unit', 'text', (column) => column.notNull())
      .addColumn('class', 'text', (column) => column.notNull())
      .addColumn('from', 'text', (column) => column.notNull())
      .addColumn('from_ms', 'bigint', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('sequence', 'integer', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('unit_contributions_key', ['unit', 'from_ms', 'sequence'])
      .execute();
    for (const event of ['update', 'delete'] as const) {
      const table = 'unit_contributions';
      await engine.refuseWhere(transaction, { table, event, where: '1 = 1', message: `${table} is append only` });
    }
  },
};
