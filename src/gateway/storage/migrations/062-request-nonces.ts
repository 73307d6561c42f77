import type { Migration } from './migration.js';

export const requestNonces: Migration = {
  name: '062-request-nonces',
  up: async (transaction) => {
    await transaction.schema
      .createTable('request_nonces')
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('nonce', 'text', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('request_nonces_key', ['key_id', 'nonce'])
      .execute();
    await transaction.schema
      .createIndex('request_nonces_by_expiry')
      .on('request_nonces')
      .column('expires_at_ms')
      .execute();
  },
};
