import type { Migration } from './migration.js';

/** How prices came about, each text once: journeys, charges and receipts name it (docs/decisions/0060). */
export const priceSteps: Migration = {
  name: '200-price-steps',
  async up(transaction, engine) {
    await transaction.schema
      .createTable('price_steps')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('steps', 'text', (column) => column.notNull())
      .execute();
    for (const event of ['update', 'delete'] as const) {
      await engine.refuseWhere(transaction, {
        table: 'price_steps',
        event,
        where: '1 = 1',
        message: 'price_steps is append only',
      });
    }
  },
};
