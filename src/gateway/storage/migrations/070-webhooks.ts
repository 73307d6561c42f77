import { sql } from 'kysely';
import type { Migration } from './migration.js';

export const webhooks: Migration = {
  name: '070-webhooks',
  async up({ schema }, engine) {
    const bytes = sql.raw(engine.bytes);
    await schema
      .createTable('webhooks')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('event_types', 'text', (column) => column.notNull())
      .addColumn('secret', bytes, (column) => column.notNull())
      .addColumn('previous_secret', bytes)
      .addColumn('previous_until_ms', 'bigint')
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('disabled_at_ms', 'bigint')
      .addColumn('disabled_reason', 'text')
      .addColumn('delivered_at_ms', 'bigint')
      .execute();
    await schema
      .createTable('webhook_events')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('webhook_events_at').on('webhook_events').columns(['at_ms', 'id']).execute();
    await schema
      .createTable('webhook_deliveries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('webhook_id', 'text', (column) => column.notNull().references('webhooks.id').onDelete('cascade'))
      .addColumn('event_id', 'text', (column) => column.notNull().references('webhook_events.id').onDelete('cascade'))
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('next_attempt_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('leased_until_ms', 'bigint', (column) => column.notNull())
      .execute();
    const index = (name: string, columns: string[]) =>
      schema.createIndex(name).on('webhook_deliveries').columns(columns).execute();
    await index('webhook_deliveries_due', ['state', 'webhook_id', 'next_attempt_at_ms']);
    await index('webhook_deliveries_log', ['webhook_id', 'created_at_ms', 'id']);
    await index('webhook_deliveries_event', ['event_id']);
    await schema
      .createTable('webhook_attempts')
      .addColumn('delivery_id', 'text', (column) =>
        column.notNull().references('webhook_deliveries.id').onDelete('cascade'),
      )
      .addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('duration_ms', 'bigint', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('status', 'integer')
      .addPrimaryKeyConstraint('webhook_attempts_key', ['delivery_id', 'attempt'])
      .execute();
  },
};
