import type { Migration } from './migration.js';

/** Orders of cards with their state, and every step of orders and cards, written once. */
export const cards: Migration = {
  name: '120-cards',
  async up(transaction, engine) {
    const { schema } = transaction;
    await schema
      .createTable('card_orders')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('member', 'text', (column) => column.notNull().references('members.member'))
      .addColumn('bank', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('card_token', 'text')
      .addColumn('replaces', 'text')
      .addColumn('sequence_number', 'integer')
      .addColumn('open_key', 'text')
      .addColumn('ordered_at', 'text', (column) => column.notNull())
      .addColumn('ordered_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ready_from', 'text', (column) => column.notNull())
      .addColumn('is_assumed', 'integer', (column) => column.notNull())
      .addColumn('ready_at_ms', 'bigint')
      .addColumn('fee_fen', 'bigint', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    const index = (name: string, columns: string[]) =>
      schema.createIndex(name).on('card_orders').columns(columns).execute();
    await index('card_orders_member', ['member', 'id']);
    await index('card_orders_card', ['card_token']);
    await index('card_orders_replaces', ['replaces']);
    await index('card_orders_state', ['state', 'ready_from']);
    await index('card_orders_recorded', ['recorded_at_ms', 'id']);
    await schema.createIndex('card_orders_open').unique().on('card_orders').column('open_key').execute();
    await schema
      .createTable('card_events')
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('step', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('recorded_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('details', 'text', (column) => column.notNull())
      .addColumn('content_hash', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('card_events_key', ['subject', 'number'])
      .execute();
    for (const event of ['update', 'delete'] as const) {
      const table = 'card_events';
      await engine.refuseWhere(transaction, { table, event, where: '1 = 1', message: `${table} is append only` });
    }
  },
};
