import type { Migration } from './migration.js';

export const messages: Migration = {
  name: '130-messages',
  async up({ schema }) {
    await schema
      .createTable('messages')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('template', 'text', (column) => column.notNull())
      .addColumn('member', 'text')
      .addColumn('sealed', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('outcome', 'text')
      .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('next_attempt_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('leased_until_ms', 'bigint', (column) => column.notNull())
      .execute();
    const index = (name: string, columns: string[]) =>
      schema.createIndex(name).on('messages').columns(columns).execute();
    await index('messages_due', ['state', 'next_attempt_at_ms']);
    await index('messages_expiry', ['expires_at_ms']);
    await index('messages_log', ['created_at_ms', 'id']);
    await index('messages_member', ['member']);
  },
};
